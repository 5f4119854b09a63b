; 눈치 for Windows x64: for one person, without an administrator. Compiled by packaging/windows/installer.py, which gives
; PAYLOAD, OUT, VERSION (1.2.3), ICON, SIDE, LICENCE, LICENCES and, where files are to be signed, SIGN (a command that gets a file's name).
;
; Silent: /S; start at login from the start: /LOGIN; another folder: /D=C:\…
; The uninstaller: /S keeps a person's settings, models and answers; /S /DATA deletes them too.
Target amd64-unicode
Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "Nunchi"
!define PUBLISHER "The Nunchi authors"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\nunchi.exe"
!define WAIT_TIMES 40 ; of 250 ms, for the running program to end

Name "$(name)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "Folder"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "$(welcome)"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\nunchi-tray.exe"
!define MUI_FINISHPAGE_TEXT "$(finished)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Korean" ; the first is for every language that is not here
!insertmacro MUI_LANGUAGE "English"

LangString name ${LANG_KOREAN} "눈치"
LangString name ${LANG_ENGLISH} "Nunchi"
LangString comment ${LANG_KOREAN} "화면에 대해 물으면 답해요. 아무것도 밖으로 보내지 않아요."
LangString comment ${LANG_ENGLISH} "Answers questions about the screen, on this machine only"
LangString welcome ${LANG_KOREAN} "화면에 대해 한국어로 물으면, 이 컴퓨터의 작은 모델이 답하면서 어디서 읽었는지 짚어 줘요.$\r$\n$\r$\n아무것도 밖으로 보내지 않아요. 인터넷 없이도 돼요.$\r$\n관리자 권한이 필요 없어요."
LangString welcome ${LANG_ENGLISH} "Ask about the screen in Korean: a small model on this machine answers, and points at the line it read the answer from.$\r$\n$\r$\nNothing is sent anywhere. It works without a network.$\r$\nNo administrator is needed."
LangString finished ${LANG_KOREAN} "트레이(시계 옆)에 눈치가 있어요. 처음 켜면 마이크와 키를 함께 정해요."
LangString finished ${LANG_ENGLISH} "Nunchi is in the tray, beside the clock. The first start sets the microphone and the key with you."
LangString section_program ${LANG_KOREAN} "눈치 (꼭 필요해요)"
LangString section_program ${LANG_ENGLISH} "Nunchi (needed)"
LangString section_login ${LANG_KOREAN} "로그인하면 바로 켜기"
LangString section_login ${LANG_ENGLISH} "Start at login"
LangString section_data ${LANG_KOREAN} "설정, 받은 모델, 남겨 둔 답도 지우기"
LangString section_data ${LANG_ENGLISH} "Delete settings, models and kept answers too"
LangString about_program ${LANG_KOREAN} "프로그램, 함께 오는 모델, 시작 메뉴의 바로 가기"
LangString about_program ${LANG_ENGLISH} "The program, the models that come with it, and its entry in the start menu"
LangString about_login ${LANG_KOREAN} "나중에 설정에서 바꿀 수 있어요."
LangString about_login ${LANG_ENGLISH} "Can be changed in the settings later."
LangString about_data ${LANG_KOREAN} "$LOCALAPPDATA\nunchi 폴더예요. 지우면 되돌릴 수 없어요."
LangString about_data ${LANG_ENGLISH} "The folder $LOCALAPPDATA\nunchi. This cannot be undone."
LangString too_old ${LANG_KOREAN} "64비트 Windows 10 이상이 필요해요."
LangString too_old ${LANG_ENGLISH} "64-bit Windows 10 or newer is needed."
LangString running ${LANG_KOREAN} "눈치가 아직 실행 중이에요. 트레이 메뉴에서 끝낸 다음 다시 눌러 주세요."
LangString running ${LANG_ENGLISH} "Nunchi is still running. Quit it from its tray menu, then try again."

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
!macro ABOUT LANGUAGE SHOWN TEXT
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "${SHOWN}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${TEXT}"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "${PUBLISHER}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "© 2026 ${PUBLISHER}. ${LICENCES}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "OriginalFilename" "${NAME}-${VERSION}-x64-setup.exe"
!macroend
!insertmacro ABOUT ${LANG_KOREAN} "눈치" "눈치 설치"
!insertmacro ABOUT ${LANG_ENGLISH} "Nunchi" "Nunchi setup"

; Asks the running tray over its own socket to quit, and waits until its file is free. Exit status 5 where it stays.
!macro QUIT_RUNNING PREFIX
Function ${PREFIX}QuitRunning
  ${IfNot} ${FileExists} "$INSTDIR\nunchi-tray.exe"
    Return
  ${EndIf}
  again:
  nsExec::Exec /TIMEOUT=15000 '"$INSTDIR\nunchi.exe" trigger quit'
  Pop $0
  StrCpy $1 0
  ${Do}
    ClearErrors
    FileOpen $2 "$INSTDIR\nunchi-tray.exe" a
    ${IfNot} ${Errors}
      FileClose $2
      Return
    ${EndIf}
    Sleep 250
    IntOp $1 $1 + 1
  ${LoopUntil} $1 >= ${WAIT_TIMES}
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(running)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 5
  Abort
FunctionEnd
!macroend
!insertmacro QUIT_RUNNING ""
!insertmacro QUIT_RUNNING "un."

Section "$(section_program)" program
  SectionIn RO
  Call QuitRunning
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal" ; of an earlier version, where files may have had other names
  File "${PAYLOAD}\nunchi.exe"
  File "${PAYLOAD}\nunchi-tray.exe"
  File /r "${PAYLOAD}\_internal"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  Delete "$SMPROGRAMS\눈치.lnk"
  Delete "$SMPROGRAMS\Nunchi.lnk"
  CreateShortcut "$SMPROGRAMS\$(name).lnk" "$INSTDIR\nunchi-tray.exe" "" "$INSTDIR\nunchi-tray.exe" 0 SW_SHOWNORMAL "" "$(comment)"

  WriteRegStr HKCU "Software\${NAME}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\${NAME}" "Version" "${VERSION}"
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\nunchi.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$(name)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\nunchi-tray.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "https://github.com/nunchi-desktop/nunchi"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

; As desktop/start_at_login/windows.py writes it: the system's list is the only place where this is kept.
Section /o "$(section_login)" login
  WriteRegStr HKCU "${RUN}" "${NAME}" '"$INSTDIR\nunchi-tray.exe"'
  DeleteRegValue HKCU "${APPROVED}" "${NAME}"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${program} "$(about_program)"
  !insertmacro MUI_DESCRIPTION_TEXT ${login} "$(about_login)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  SetShellVarContext current
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(too_old)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LOGIN" $1
  ${IfNot} ${Errors}
    SectionGetFlags ${login} $1
    IntOp $1 $1 | ${SF_SELECTED}
    SectionSetFlags ${login} $1
  ${EndIf}
FunctionEnd

Section "un.$(section_program)" un_program
  SectionIn RO
  Call un.QuitRunning
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\nunchi.exe"
  Delete "$INSTDIR\nunchi-tray.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays where a person put files of their own there
  Delete "$SMPROGRAMS\눈치.lnk"
  Delete "$SMPROGRAMS\Nunchi.lnk"
  DeleteRegValue HKCU "${RUN}" "${NAME}"
  DeleteRegValue HKCU "${APPROVED}" "${NAME}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "Software\${NAME}"
SectionEnd

Section /o "un.$(section_data)" un_data
  RMDir /r "$LOCALAPPDATA\nunchi"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${un_program} "$(about_program)"
  !insertmacro MUI_DESCRIPTION_TEXT ${un_data} "$(about_data)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
  SetShellVarContext current
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DATA" $1
  ${IfNot} ${Errors}
    SectionGetFlags ${un_data} $1
    IntOp $1 $1 | ${SF_SELECTED}
    SectionSetFlags ${un_data} $1
  ${EndIf}
FunctionEnd
