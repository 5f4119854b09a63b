# On a real Windows: installs silently, asks a question, upgrades in place, uninstalls, and looks at what is left.
$ErrorActionPreference = "Stop"
$setup = (Get-ChildItem dist/Nunchi-*-x64-setup.exe).FullName
$folder = "$env:LOCALAPPDATA\Programs\Nunchi"
$data = "$env:LOCALAPPDATA\nunchi"
function Run($File, $Arguments) {
    $ended = Start-Process $File $Arguments -Wait -PassThru
    if ($ended.ExitCode) { throw "$File $Arguments ended with $($ended.ExitCode)" }
}
function Check($What, $True) { if (-not $True) { throw $What }; "ok  $What" }

Run $setup "/S /LOGIN"
Check "program" (Test-Path "$folder\nunchi-tray.exe")
Check "start menu" (Get-ChildItem "$env:APPDATA\Microsoft\Windows\Start Menu\Programs" -Filter *.lnk | Where-Object Name -Match "Nunchi|눈치")
Check "start at login" ((Get-ItemProperty HKCU:\Software\Microsoft\Windows\CurrentVersion\Run).Nunchi -match "nunchi-tray.exe")
$doctor = & "$folder\nunchi.exe" doctor --json | ConvertFrom-Json
Check "doctor" ($doctor.exit_status -eq 0 -and $doctor.program.damaged.Count -eq 0)
$example = Get-Content examples/examples.jsonl -Encoding UTF8 | Select-Object -First 1 | ConvertFrom-Json
$answer = & "$folder\nunchi.exe" ask $example.question --image "examples/$($example.image)" --json | ConvertFrom-Json
Check "answered: $($answer.answer)" ($answer.answer -match $example.answers[0])

New-Item -ItemType Directory -Force $data | Out-Null
Set-Content "$data\settings.json" '{"first_run_done": true}'
$tray = Start-Process "$folder\nunchi-tray.exe" -PassThru
Start-Sleep 20
Run $setup "/S" # over the running program, which has to end first
Check "the tray was told to quit" $tray.HasExited
Check "settings were kept" (Test-Path "$data\settings.json")

Run "$folder\uninstall.exe" "/S _?=$folder"
Remove-Item "$folder\uninstall.exe"
Check "nothing left of the program" (-not (Get-ChildItem $folder -Recurse -File -ErrorAction SilentlyContinue))
Check "no Run key" (-not (Get-ItemProperty HKCU:\Software\Microsoft\Windows\CurrentVersion\Run).PSObject.Properties["Nunchi"])
Check "no entry" (-not (Test-Path HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\Nunchi))
Check "the person's own files are still there" (Test-Path "$data\settings.json")
