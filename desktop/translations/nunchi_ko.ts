<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>nunchi</name>
    <message>
        <source>name</source>
        <translation>눈치</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됐어요</translation>
    </message>
    <message>
        <source>looking</source>
        <translation>화면을 보고 있어요</translation>
    </message>
    <message>
        <source>camera-open</source>
        <translation>카메라가 켜져 있어요</translation>
    </message>
    <message>
        <source>microphone_replaced</source>
        <translation>고른 마이크가 없어서 시스템이 고른 마이크로 듣고 있어요</translation>
    </message>
    <message>
        <source>microphone_reopened</source>
        <translation>마이크가 끊겼다가 다시 연결됐어요</translation>
    </message>
    <message>
        <source>microphone_open</source>
        <translation>마이크가 켜져 있어요</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>듣고 있어요</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>생각하고 있어요</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>답하고 있어요</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>답했어요</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>멈췄어요</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>문제가 생겼어요</translation>
    </message>
    <message>
        <source>model-missing</source>
        <translation>모델이 필요해요</translation>
    </message>
    <message>
        <source>speak_now</source>
        <translation>말씀하세요. 다 말하면 알아서 답할게요.</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>눌러서 고치고 다시 묻기</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>답 복사</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>복사했어요</translation>
    </message>
    <message>
        <source>follow_up</source>
        <translation>이어서 묻기</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>눈치가 본 화면</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>ask_placeholder</source>
        <translation>이 화면에 대해 물어보세요</translation>
    </message>
    <message>
        <source>send</source>
        <translation>물어보기</translation>
    </message>
    <message>
        <source>running_on</source>
        <translation>{device}에서 실행 중</translation>
    </message>
    <message>
        <source>not_yet</source>
        <translation>아직 실행한 모델이 없어요</translation>
    </message>
    <message>
        <source>private</source>
        <translation>아무것도 밖으로 보내지 않아요</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>timings</source>
        <translation>화면 읽기 {screen} · 보기 {look} · 첫 낱말 {first} · 모두 {total}</translation>
    </message>
    <message>
        <source>menu_screen</source>
        <translation>화면에 대해 묻기</translation>
    </message>
    <message>
        <source>menu_window</source>
        <translation>창에 대해 묻기</translation>
    </message>
    <message>
        <source>menu_region</source>
        <translation>영역을 골라 묻기</translation>
    </message>
    <message>
        <source>menu_camera</source>
        <translation>카메라로 보고 묻기</translation>
    </message>
    <message>
        <source>menu_again</source>
        <translation>같은 화면에 다시 묻기</translation>
    </message>
    <message>
        <source>show_timings</source>
        <translation>걸린 시간 보기</translation>
    </message>
    <message>
        <source>menu_type</source>
        <translation>글로 묻기</translation>
    </message>
    <message>
        <source>menu_stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>menu_quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>camera_opening</source>
        <translation>카메라를 켜고 있어요…</translation>
    </message>
    <message>
        <source>camera_preview</source>
        <translation>카메라 미리 보기</translation>
    </message>
    <message>
        <source>camera_take</source>
        <translation>이 모습으로 묻기</translation>
    </message>
    <message>
        <source>camera_before</source>
        <translation>이전 카메라</translation>
    </message>
    <message>
        <source>camera_after</source>
        <translation>다음 카메라</translation>
    </message>
    <message>
        <source>camera_keys</source>
        <translation>Enter로 찍기 · Esc로 닫기</translation>
    </message>
    <message>
        <source>camera_keys_several</source>
        <translation>Enter로 찍기 · ← →로 카메라 바꾸기 · Esc로 닫기</translation>
    </message>
    <message>
        <source>hidden_number</source>
        <translation>가린 번호</translation>
    </message>
    <message>
        <source>region_hint</source>
        <translation>끌어서 고르세요 · Esc로 그만두기</translation>
    </message>
    <message>
        <source>keys_taken</source>
        <translation>다른 프로그램이 쓰고 있는 단축키예요: {keys}</translation>
    </message>
    <message>
        <source>menu_history</source>
        <translation>기록…</translation>
    </message>
    <message>
        <source>menu_settings</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>menu_get_model</source>
        <translation>모델 받기…</translation>
    </message>
    <message>
        <source>menu_about</source>
        <translation>눈치에 대하여</translation>
    </message>
    <message>
        <source>cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>done</source>
        <translation>마치기</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>고치기…</translation>
    </message>
    <message>
        <source>add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>restore</source>
        <translation>처음 목록으로</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>as_system</source>
        <translation>시스템 따름</translation>
    </message>
    <message>
        <source>settings_title</source>
        <translation>눈치 설정</translation>
    </message>
    <message>
        <source>settings_search</source>
        <translation>설정 찾기</translation>
    </message>
    <message>
        <source>section_general</source>
        <translation>일반</translation>
    </message>
    <message>
        <source>section_keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>section_privacy</source>
        <translation>화면·개인정보</translation>
    </message>
    <message>
        <source>section_models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>section_sound</source>
        <translation>소리·카메라</translation>
    </message>
    <message>
        <source>section_advanced</source>
        <translation>고급</translation>
    </message>
    <message>
        <source>language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>화면 모드</translation>
    </message>
    <message>
        <source>theme_light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>theme_dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>text_size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>text_90</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>text_100</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>text_115</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>text_130</source>
        <translation>더 크게</translation>
    </message>
    <message>
        <source>text_150</source>
        <translation>아주 크게</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>답</translation>
    </message>
    <message>
        <source>answer_place</source>
        <translation>답이 나타나는 곳</translation>
    </message>
    <message>
        <source>answer_place_note</source>
        <translation>답이 가리키는 곳은 가리지 않아요</translation>
    </message>
    <message>
        <source>place_left</source>
        <translation>마지막에 둔 자리</translation>
    </message>
    <message>
        <source>place_pointer</source>
        <translation>언제나 포인터 옆</translation>
    </message>
    <message>
        <source>place_top-right</source>
        <translation>화면 오른쪽 위</translation>
    </message>
    <message>
        <source>place_bottom-right</source>
        <translation>화면 오른쪽 아래</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>start_at_login</source>
        <translation>로그인할 때 시작</translation>
    </message>
    <message>
        <source>start_at_login_note</source>
        <translation>단축키를 누를 때까지 트레이에서 조용히 기다려요</translation>
    </message>
    <message>
        <source>first_run_row</source>
        <translation>처음 안내</translation>
    </message>
    <message>
        <source>first_run_row_note</source>
        <translation>단축키와 권한을 하나씩 해 봐요</translation>
    </message>
    <message>
        <source>first_run_again</source>
        <translation>다시 보기</translation>
    </message>
    <message>
        <source>keys_introduction</source>
        <translation>칸을 누른 다음 쓰고 싶은 키를 누르세요. 한국어 자판이어도 괜찮아요.</translation>
    </message>
    <message>
        <source>keys_foot</source>
        <translation>길게 누르고 말하거나, 짧게 누르고 말해도 돼요. 키를 빼려면 칸에서 백스페이스를 누르세요.</translation>
    </message>
    <message>
        <source>keys_foot_portal</source>
        <translation>이 데스크톱에서는 시스템이 키를 정해요. 다른 키를 골랐다면 그 키가 여기 보여요.</translation>
    </message>
    <message>
        <source>keys_foot_none</source>
        <translation>이 데스크톱에서는 프로그램이 단축키를 정할 수 없어요. 시스템의 키보드 설정에서 `nunchi trigger screen` 명령에 키를 주세요.</translation>
    </message>
    <message>
        <source>keys_reset</source>
        <translation>처음 단축키로</translation>
    </message>
    <message>
        <source>key_none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>key_press</source>
        <translation>키를 누르세요 · Esc로 그만두기</translation>
    </message>
    <message>
        <source>key_press_hint</source>
        <translation>눌러서 바꾸기</translation>
    </message>
    <message>
        <source>key_given</source>
        <translation>데스크톱이 준 키: {keys}</translation>
    </message>
    <message>
        <source>key_conflict_taken</source>
        <translation>{keys}: 다른 프로그램이 쓰고 있어요{name}</translation>
    </message>
    <message>
        <source>key_conflict_ours</source>
        <translation>{keys}: ‘{name}’에서 쓰고 있어요</translation>
    </message>
    <message>
        <source>key_conflict_no_such_key</source>
        <translation>{keys}: 이 자판에 없는 키예요{name}</translation>
    </message>
    <message>
        <source>key_conflict_refused</source>
        <translation>{keys}: 시스템이 허락하지 않았어요{name}</translation>
    </message>
    <message>
        <source>hotkey_needs_modifier</source>
        <translation>Ctrl, Alt, Super 가운데 하나를 함께 누르세요</translation>
    </message>
    <message>
        <source>hotkey_no_such_key</source>
        <translation>이 키는 단축키로 쓸 수 없어요</translation>
    </message>
    <message>
        <source>hotkey_used_by_completion</source>
        <translation>바꿨어요. 다만 여러 편집기가 자동 완성에 쓰는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_hangul</source>
        <translation>바꿨어요. 다만 한/영을 바꿀 때 쓰는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_window_menu</source>
        <translation>바꿨어요. 다만 창 메뉴를 여는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_window_switch</source>
        <translation>바꿨어요. 다만 창을 바꾸는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_close</source>
        <translation>바꿨어요. 다만 창을 닫는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_copy</source>
        <translation>바꿨어요. 다만 복사하는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_paste</source>
        <translation>바꿨어요. 다만 붙여 넣는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_cut</source>
        <translation>바꿨어요. 다만 잘라 내는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_undo</source>
        <translation>바꿨어요. 다만 되돌리는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_save</source>
        <translation>바꿨어요. 다만 저장하는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_select_all</source>
        <translation>바꿨어요. 다만 모두 고르는 키예요.</translation>
    </message>
    <message>
        <source>hotkey_used_by_system</source>
        <translation>바꿨어요. 다만 시스템이 먼저 쓸 수 있어요.</translation>
    </message>
    <message>
        <source>privacy_introduction</source>
        <translation>화면, 소리, 질문, 답은 모두 이 컴퓨터 안에만 있어요.</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>보지 않는 창</translation>
    </message>
    <message>
        <source>excluded_foot</source>
        <translation>이 창들은 회색으로 덮어서 봐요. 은행, 인증서, 암호 관리, 비공개 창이 처음부터 들어 있어요.</translation>
    </message>
    <message>
        <source>excluded_programs</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>excluded_programs_add</source>
        <translation>프로그램 이름</translation>
    </message>
    <message>
        <source>excluded_titles</source>
        <translation>창 제목에 든 말</translation>
    </message>
    <message>
        <source>excluded_titles_add</source>
        <translation>제목에 들어 있는 말</translation>
    </message>
    <message>
        <source>entries</source>
        <translation>{count}개</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>가리기</translation>
    </message>
    <message>
        <source>mask_numbers</source>
        <translation>남기기 전에 민감한 번호 가리기</translation>
    </message>
    <message>
        <source>mask_numbers_note</source>
        <translation>주민등록번호, 카드, 계좌, 여권 번호와 암호를 ••••로 바꿔요</translation>
    </message>
    <message>
        <source>mask_numbers_off</source>
        <translation>기록에 번호가 그대로 남아요. 이 컴퓨터를 함께 쓴다면 켜 두세요.</translation>
    </message>
    <message>
        <source>mask_phones</source>
        <translation>전화번호도 가리기</translation>
    </message>
    <message>
        <source>history_foot</source>
        <translation>기록은 이 계정만 읽을 수 있는 파일 하나에 있고, 아주 작은 그림만 함께 남아요.</translation>
    </message>
    <message>
        <source>history_keep</source>
        <translation>답을 기록으로 남기기</translation>
    </message>
    <message>
        <source>history_keep_note</source>
        <translation>꺼 두면 아무것도 남지 않아요</translation>
    </message>
    <message>
        <source>history_days</source>
        <translation>남겨 두는 동안</translation>
    </message>
    <message>
        <source>days_1</source>
        <translation>하루</translation>
    </message>
    <message>
        <source>days_7</source>
        <translation>일주일</translation>
    </message>
    <message>
        <source>days_30</source>
        <translation>한 달</translation>
    </message>
    <message>
        <source>days_90</source>
        <translation>석 달</translation>
    </message>
    <message>
        <source>days_0</source>
        <translation>지울 때까지</translation>
    </message>
    <message>
        <source>history_kept</source>
        <translation>남아 있는 기록</translation>
    </message>
    <message>
        <source>history_see</source>
        <translation>기록 보기…</translation>
    </message>
    <message>
        <source>history_all</source>
        <translation>기록 모두 지우기</translation>
    </message>
    <message>
        <source>history_delete_all</source>
        <translation>모두 지우기</translation>
    </message>
    <message>
        <source>history_delete_all_question</source>
        <translation>남아 있는 기록을 모두 지울까요? 되돌릴 수 없어요.</translation>
    </message>
    <message>
        <source>models_introduction</source>
        <translation>모두 이 컴퓨터에서 실행돼요.</translation>
    </message>
    <message>
        <source>models_vision</source>
        <translation>화면을 보고 답하기</translation>
    </message>
    <message>
        <source>models_speech</source>
        <translation>말 알아듣기</translation>
    </message>
    <message>
        <source>models_screen-text</source>
        <translation>화면 글자 읽기</translation>
    </message>
    <message>
        <source>models_none_vision</source>
        <translation>아직 없어요</translation>
    </message>
    <message>
        <source>models_none_vision_note</source>
        <translation>아래에서 하나 받으세요</translation>
    </message>
    <message>
        <source>models_none_speech</source>
        <translation>아직 없어요</translation>
    </message>
    <message>
        <source>models_none_speech_note</source>
        <translation>말로 묻고 싶으면 아래에서 하나 받으세요. 그동안은 글로 물을 수 있어요.</translation>
    </message>
    <message>
        <source>models_none_screen-text</source>
        <translation>아직 없어요</translation>
    </message>
    <message>
        <source>models_none_screen-text_note</source>
        <translation>프로그램을 다시 설치하세요</translation>
    </message>
    <message>
        <source>running_group</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>device</source>
        <translation>실행하는 장치</translation>
    </message>
    <message>
        <source>device_note</source>
        <translation>바꾸면 다음 질문부터 그 장치에서 실행해요</translation>
    </message>
    <message>
        <source>device_missing</source>
        <translation>{name} (찾지 못함)</translation>
    </message>
    <message>
        <source>device_auto</source>
        <translation>자동 (가장 빠른 장치)</translation>
    </message>
    <message>
        <source>look_time</source>
        <translation>화면을 보는 시간</translation>
    </message>
    <message>
        <source>look_0.7</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>look_1.5</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>look_4.0</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>look_note</source>
        <translation>오래 볼수록 그림을 더 촘촘히 봐요. 작은 글씨는 글자로 따로 읽어요</translation>
    </message>
    <message>
        <source>look_measured</source>
        <translation>그림 토큰 {tokens}개 · 이 컴퓨터에서 약 {seconds}초</translation>
    </message>
    <message>
        <source>look_unmeasured</source>
        <translation>그림 토큰 {tokens}개 · 걸리는 시간은 질문을 해 보면 알 수 있어요</translation>
    </message>
    <message>
        <source>look_fixed</source>
        <translation>지금 쓰는 모델은 배운 크기로만 그림을 봐요</translation>
    </message>
    <message>
        <source>idle_minutes</source>
        <translation>쓰지 않을 때</translation>
    </message>
    <message>
        <source>idle_note</source>
        <translation>이만큼 묻지 않으면 모델의 메모리를 돌려줘요</translation>
    </message>
    <message>
        <source>idle_1</source>
        <translation>1분 뒤</translation>
    </message>
    <message>
        <source>idle_5</source>
        <translation>5분 뒤</translation>
    </message>
    <message>
        <source>idle_15</source>
        <translation>15분 뒤</translation>
    </message>
    <message>
        <source>idle_60</source>
        <translation>1시간 뒤</translation>
    </message>
    <message>
        <source>idle_0</source>
        <translation>계속 준비</translation>
    </message>
    <message>
        <source>engine_restarted</source>
        <translation>모델이 멈춰서 다시 시작했어요. 질문은 이어서 답해요.</translation>
    </message>
    <message>
        <source>engine_moved</source>
        <translation>{before}에서 모델이 멈춰 {device}에서 이어서 답해요.</translation>
    </message>
    <message>
        <source>trying</source>
        <translation>{device} 준비 중</translation>
    </message>
    <message>
        <source>trying_left</source>
        <translation>약 {minutes}분 남음</translation>
    </message>
    <message>
        <source>trying_soon</source>
        <translation>곧 끝나요</translation>
    </message>
    <message>
        <source>menu_stop_trying</source>
        <translation>준비 그만두기</translation>
    </message>
    <message>
        <source>engine_slower</source>
        <translation>{device}를 준비해 봤지만 이 컴퓨터에서는 {before}에서 더 빨리 답해요.</translation>
    </message>
    <message>
        <source>engine_unfit</source>
        <translation>{device}에서는 이 모델을 쓸 수 없어서 {before}에서 계속 답해요.</translation>
    </message>
    <message>
        <source>engine_found</source>
        <translation>{device}에서 더 빨리 답할 수 있어요. 다음 질문부터 거기서 답해요.</translation>
    </message>
    <message>
        <source>card_get_model</source>
        <translation>모델 받기…</translation>
    </message>
    <message>
        <source>model_mini</source>
        <translation>눈치 미니</translation>
    </message>
    <message>
        <source>model_reads_text</source>
        <translation>화면 글자 인식</translation>
    </message>
    <message>
        <source>model_practice</source>
        <translation>연습용 음성 인식</translation>
    </message>
    <message>
        <source>model_finds_text</source>
        <translation>화면 글자 찾기</translation>
    </message>
    <message>
        <source>model_finds_widgets</source>
        <translation>단추와 칸 찾기</translation>
    </message>
    <message>
        <source>model_used</source>
        <translation>쓰는 중</translation>
    </message>
    <message>
        <source>model_use</source>
        <translation>이것으로 쓰기</translation>
    </message>
    <message>
        <source>model_bundled</source>
        <translation>기본 제공</translation>
    </message>
    <message>
        <source>model_delete</source>
        <translation>{name} 지우기</translation>
    </message>
    <message>
        <source>model_delete_question</source>
        <translation>{name}을(를) 지울까요? {size}가 비어요.</translation>
    </message>
    <message>
        <source>models_offered</source>
        <translation>받을 수 있는 모델</translation>
    </message>
    <message>
        <source>models_offered_foot</source>
        <translation>‘받기’를 누를 때만 huggingface.co에 연결하고, 받은 파일은 모두 확인해요.</translation>
    </message>
    <message>
        <source>model_get</source>
        <translation>받기</translation>
    </message>
    <message>
        <source>model_time</source>
        <translation>100 Mbps면 약 {minutes}분</translation>
    </message>
    <message>
        <source>model_go_on</source>
        <translation>이어 받기</translation>
    </message>
    <message>
        <source>model_pause</source>
        <translation>잠깐 멈추기</translation>
    </message>
    <message>
        <source>model_half</source>
        <translation>받다 만 것이 있어요</translation>
    </message>
    <message>
        <source>model_asking</source>
        <translation>무엇을 받을지 묻고 있어요…</translation>
    </message>
    <message>
        <source>model_arrived</source>
        <translation>{name} 모델을 쓸 수 있어요</translation>
    </message>
    <message>
        <source>model_progress</source>
        <translation>받은 만큼</translation>
    </message>
    <message>
        <source>model_recommended</source>
        <translation>이 컴퓨터에 추천</translation>
    </message>
    <message>
        <source>model_without_source</source>
        <translation>아직 받을 수 없어요</translation>
    </message>
    <message>
        <source>model_needs_converting</source>
        <translation>명령줄에서 받아 변환해야 해요</translation>
    </message>
    <message>
        <source>model_needs_engine</source>
        <translation>transformers 엔진이 설치된 곳에서 쓸 수 있어요</translation>
    </message>
    <message>
        <source>model_terms_question</source>
        <translation>{name}의 사용 조건에 동의하세요?</translation>
    </message>
    <message>
        <source>model_terms</source>
        <translation>라이선스: {licence}</translation>
    </message>
    <message>
        <source>model_terms_code</source>
        <translation>이 모델은 만든 곳의 파이썬 코드를 이 컴퓨터에서 실행해요.</translation>
    </message>
    <message>
        <source>model_agree</source>
        <translation>동의하고 받기</translation>
    </message>
    <message>
        <source>kind_vision</source>
        <translation>화면 보기</translation>
    </message>
    <message>
        <source>kind_speech</source>
        <translation>말 듣기</translation>
    </message>
    <message>
        <source>kind_screen-text</source>
        <translation>글자 읽기</translation>
    </message>
    <message>
        <source>suits_good</source>
        <translation>이 컴퓨터에 맞아요</translation>
    </message>
    <message>
        <source>suits_memory_short</source>
        <translation>메모리 {need} 필요</translation>
    </message>
    <message>
        <source>suits_disk_short</source>
        <translation>디스크 {need} 필요, {have} 남음</translation>
    </message>
    <message>
        <source>suits_engine_missing</source>
        <translation>이 컴퓨터용 엔진이 없어요</translation>
    </message>
    <message>
        <source>minutes_left</source>
        <translation>{minutes}분 남음</translation>
    </message>
    <message>
        <source>seconds_left</source>
        <translation>{seconds}초 남음</translation>
    </message>
    <message>
        <source>listening_group</source>
        <translation>듣기</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>microphone_level</source>
        <translation>마이크 소리</translation>
    </message>
    <message>
        <source>microphone_note</source>
        <translation>물을 때와 시험할 때만 마이크가 켜져요</translation>
    </message>
    <message>
        <source>microphone_note_open</source>
        <translation>마이크가 계속 켜져 있어요</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>말 알아듣기</translation>
    </message>
    <message>
        <source>synthetic_note</source>
        <translation>함께 온 whisper-synth-ko는 합성 음성만 배웠어요. 사람 말을 알아들으려면 Whisper를 받으세요.</translation>
    </message>
    <message>
        <source>synthetic_get</source>
        <translation>Whisper 받기</translation>
    </message>
    <message>
        <source>microphone_test</source>
        <translation>시험하기</translation>
    </message>
    <message>
        <source>microphone_speak</source>
        <translation>마이크가 켜졌어요. 아무 말이나 해 보세요.</translation>
    </message>
    <message>
        <source>microphone_heard</source>
        <translation>잘 들려요</translation>
    </message>
    <message>
        <source>microphone_unheard</source>
        <translation>말소리가 들리지 않았어요</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>말이 끝났다고 보는 침묵</translation>
    </message>
    <message>
        <source>silence_note</source>
        <translation>길면 생각하며 말할 수 있고, 짧으면 빨리 답해요. 문장이 끝난 말이면 절반쯤만 기다려요</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>단축키를 누르고 있는 동안 계속 듣기</translation>
    </message>
    <message>
        <source>hold_note</source>
        <translation>손을 떼면 질문이 끝나요. 짧게 누르면 말을 멈출 때 끝나요.</translation>
    </message>
    <message>
        <source>pre_roll</source>
        <translation>단축키보다 먼저 말해도 듣기</translation>
    </message>
    <message>
        <source>pre_roll_note</source>
        <translation>마이크를 계속 켜 두고 마지막 0.6초만 기억해요. 켜져 있는 동안 트레이 아이콘에 점이 보여요.</translation>
    </message>
    <message>
        <source>device_default</source>
        <translation>시스템이 고른 장치</translation>
    </message>
    <message>
        <source>device_gone</source>
        <translation>{name} (연결 안 됨)</translation>
    </message>
    <message>
        <source>speaking_group</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>voice_answers</source>
        <translation>답을 소리 내어 읽기</translation>
    </message>
    <message>
        <source>voice_answers_note</source>
        <translation>다음 단축키를 누르면 멈춰요</translation>
    </message>
    <message>
        <source>voice_sample</source>
        <translation>앞으로 답을 이렇게 읽어 드릴게요.</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>스피커</translation>
    </message>
    <message>
        <source>speaker_fixed</source>
        <translation>이 시스템에서는 시스템이 고른 스피커로만 읽어요</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>camera_try</source>
        <translation>카메라 시험</translation>
    </message>
    <message>
        <source>camera_try_note</source>
        <translation>한 장 보고 바로 버려요</translation>
    </message>
    <message>
        <source>camera_foot</source>
        <translation>카메라에 대해 물을 때만 켜져요</translation>
    </message>
    <message>
        <source>folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>folder_settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>folder_data</source>
        <translation>모델과 기록</translation>
    </message>
    <message>
        <source>folder_none</source>
        <translation>저장하지 않고 있어요</translation>
    </message>
    <message>
        <source>open_folder</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>when_wrong</source>
        <translation>문제가 생겼을 때</translation>
    </message>
    <message>
        <source>diagnosis</source>
        <translation>진단 정보</translation>
    </message>
    <message>
        <source>diagnosis_note</source>
        <translation>버전, 장치, 모델, 속도를 담아요. 화면이나 질문은 들어가지 않아요.</translation>
    </message>
    <message>
        <source>diagnosis_copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>diagnosis_runs</source>
        <translation>살펴보고 있어요…</translation>
    </message>
    <message>
        <source>diagnosis_copied</source>
        <translation>클립보드에 복사했어요</translation>
    </message>
    <message>
        <source>about_row</source>
        <translation>버전과 라이선스</translation>
    </message>
    <message>
        <source>reset_row</source>
        <translation>설정 되돌리기</translation>
    </message>
    <message>
        <source>reset_note</source>
        <translation>모델과 기록은 그대로 있어요</translation>
    </message>
    <message>
        <source>reset_all</source>
        <translation>처음 설정으로</translation>
    </message>
    <message>
        <source>reset_question</source>
        <translation>모든 설정을 처음으로 되돌릴까요?</translation>
    </message>
    <message>
        <source>history</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>history_title</source>
        <translation>눈치 기록</translation>
    </message>
    <message>
        <source>history_search</source>
        <translation>질문과 답에서 찾기</translation>
    </message>
    <message>
        <source>history_read_at</source>
        <translation>읽은 곳</translation>
    </message>
    <message>
        <source>history_off</source>
        <translation>기록을 남기지 않고 있어요</translation>
    </message>
    <message>
        <source>history_off_hint</source>
        <translation>켜 두면 물어본 것과 답이 이 컴퓨터에만,
민감한 번호는 가린 채로 남아요.</translation>
    </message>
    <message>
        <source>history_switch</source>
        <translation>설정에서 켜기…</translation>
    </message>
    <message>
        <source>history_empty</source>
        <translation>아직 기록이 없어요</translation>
    </message>
    <message>
        <source>history_empty_hint</source>
        <translation>이제부터 물어보는 것이 여기에 남아요</translation>
    </message>
    <message>
        <source>history_delete_some_question</source>
        <translation>고른 기록 {count}개를 지울까요?</translation>
    </message>
    <message>
        <source>copy_short</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>어제</translation>
    </message>
    <message>
        <source>source_screen</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>source_window</source>
        <translation>창</translation>
    </message>
    <message>
        <source>source_region</source>
        <translation>고른 영역</translation>
    </message>
    <message>
        <source>source_camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>source_image</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>source_video</source>
        <translation>동영상</translation>
    </message>
    <message>
        <source>history_nothing</source>
        <translation>찾은 기록이 없어요</translation>
    </message>
    <message>
        <source>history_deleted</source>
        <translation>기록 {count}개를 지웠어요</translation>
    </message>
    <message>
        <source>first_run_title</source>
        <translation>눈치 시작하기</translation>
    </message>
    <message>
        <source>first_run_skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>first_run_back</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>first_run_next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>first_run_end</source>
        <translation>시작하기</translation>
    </message>
    <message>
        <source>first_run_later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>first_run_page</source>
        <translation>{count}쪽 가운데 {number}쪽</translation>
    </message>
    <message>
        <source>welcome</source>
        <translation>화면에 대해 물어보세요</translation>
    </message>
    <message>
        <source>welcome_text</source>
        <translation>단축키를 누르고 물으면, 화면을 보고 답하고 어디에서 읽었는지 짚어 줘요.</translation>
    </message>
    <message>
        <source>welcome_local</source>
        <translation>아무것도 밖으로 보내지 않아요</translation>
    </message>
    <message>
        <source>welcome_local_text</source>
        <translation>화면도 목소리도 답도 이 컴퓨터 안에서만 다뤄요. 인터넷이 없어도 돼요.</translation>
    </message>
    <message>
        <source>welcome_asked</source>
        <translation>물을 때만 보고 들어요</translation>
    </message>
    <message>
        <source>welcome_asked_text</source>
        <translation>그 밖에는 마이크도 카메라도 꺼져 있어요. 켜지면 트레이가 알려 줘요.</translation>
    </message>
    <message>
        <source>welcome_hidden</source>
        <translation>은행·인증서·암호 창은 보지 않아요</translation>
    </message>
    <message>
        <source>welcome_hidden_text</source>
        <translation>보지 않을 창은 설정에서 더할 수 있어요.</translation>
    </message>
    <message>
        <source>try_out</source>
        <translation>하나씩 해 보세요</translation>
    </message>
    <message>
        <source>try_out_text</source>
        <translation>잘 되는지 바로 알 수 있어요. 나중에 해도 돼요.</translation>
    </message>
    <message>
        <source>try_key_wait</source>
        <translation>지금 눌러 보세요. 바꾸려면 칸을 누르세요.</translation>
    </message>
    <message>
        <source>try_key_unset</source>
        <translation>칸을 누른 다음 쓰고 싶은 키를 누르세요.</translation>
    </message>
    <message>
        <source>try_key_done</source>
        <translation>잘 됐어요! 어디서나 이 키로 물으세요.</translation>
    </message>
    <message>
        <source>try_key_none</source>
        <translation>이 데스크톱에서는 프로그램이 단축키를 정할 수 없어요. 트레이 아이콘을 눌러 물을 수 있어요.</translation>
    </message>
    <message>
        <source>see_screen</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>see_screen_note</source>
        <translation>한 번 찍어서 보이는지 확인하고 바로 버려요</translation>
    </message>
    <message>
        <source>see_screen_test</source>
        <translation>확인하기</translation>
    </message>
    <message>
        <source>see_screen_good</source>
        <translation>잘 보여요 ({width} × {height})</translation>
    </message>
    <message>
        <source>first_models</source>
        <translation>모델은 준비돼 있어요</translation>
    </message>
    <message>
        <source>first_models_text</source>
        <translation>작은 기본 모델이 함께 왔어요. 말은 합성 음성만 알아들어요. 더 잘 답하고 사람 말도 알아듣게 하려면 이 컴퓨터에 맞는 모델을 받으세요.</translation>
    </message>
    <message>
        <source>first_models_missing</source>
        <translation>이 설치에는 모델이 없어요. 하나 받아야 답할 수 있어요.</translation>
    </message>
    <message>
        <source>first_models_later</source>
        <translation>나중에 설정의 ‘모델’에서 받아도 돼요. 받는 동안에도 쓸 수 있어요.</translation>
    </message>
    <message>
        <source>first_models_nothing</source>
        <translation>지금 받을 수 있는 알맞은 모델이 없어요.</translation>
    </message>
    <message>
        <source>about_title</source>
        <translation>눈치에 대하여</translation>
    </message>
    <message>
        <source>about_text</source>
        <translation>화면을 보고 한국어로 답하는, 이 컴퓨터 안의 조수</translation>
    </message>
    <message>
        <source>about_version</source>
        <translation>버전 {version}</translation>
    </message>
    <message>
        <source>about_source</source>
        <translation>개발 중인 소스</translation>
    </message>
    <message>
        <source>about_licences</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>about_cards</source>
        <translation>모델 카드</translation>
    </message>
    <message>
        <source>about_licence_none</source>
        <translation>이 부분은 라이선스 글을 함께 싣지 않았어요.

라이선스: {licence}</translation>
    </message>
    <message>
        <source>about_card_none</source>
        <translation>카드가 없는 모델이에요.</translation>
    </message>
    <message>
        <source>about_parts</source>
        <translation>들어 있는 것</translation>
    </message>
    <message>
        <source>updates</source>
        <translation>새 버전</translation>
    </message>
    <message>
        <source>updates_foot</source>
        <translation>켜 두면 켤 때와 하루에 한 번 {host}에 연결해서 새 버전이 있는지만 물어요. 화면, 질문, 설정은 보내지 않아요. 꺼 두면 아무 데도 연결하지 않아요.</translation>
    </message>
    <message>
        <source>updates_ask</source>
        <translation>새 버전이 나왔는지 확인</translation>
    </message>
    <message>
        <source>updates_ask_note</source>
        <translation>저절로 설치하지는 않아요. 받은 파일은 직접 열어야 설치돼요.</translation>
    </message>
    <message>
        <source>updates_row</source>
        <translation>지금 버전 {version}</translation>
    </message>
    <message>
        <source>updates_check</source>
        <translation>지금 확인</translation>
    </message>
    <message>
        <source>updates_asking</source>
        <translation>확인하고 있어요</translation>
    </message>
    <message>
        <source>updates_not_yet</source>
        <translation>아직 확인하지 않았어요</translation>
    </message>
    <message>
        <source>updates_newest</source>
        <translation>가장 새로운 버전이에요</translation>
    </message>
    <message>
        <source>updates_there</source>
        <translation>새 버전이 있어요: {version}</translation>
    </message>
    <message>
        <source>updates_get</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>updates_getting</source>
        <translation>받고 있어요 · {percent}%</translation>
    </message>
    <message>
        <source>updates_got</source>
        <translation>받았어요: {file}. 열면 설치가 시작돼요.</translation>
    </message>
    <message>
        <source>updates_show</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>menu_new_version</source>
        <translation>새 버전 {version} 받기…</translation>
    </message>
    <message>
        <source>new_version_told</source>
        <translation>새 버전이 있습니다: {version}. 설정의 «일반»에서 받을 수 있어요.</translation>
    </message>
</context>
</TS>
