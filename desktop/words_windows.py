"""What settings, first run, history and about say, in Korean and English; part of words.py's table."""

from __future__ import annotations

MENU: dict[str, tuple[str, str]] = {
    "menu_history": ("기록…", "History…"),
    "menu_settings": ("설정…", "Settings…"),
    "menu_get_model": ("모델 받기…", "Get a model…"),
    "menu_about": ("눈치에 대하여", "About Nunchi"),
}

COMMON: dict[str, tuple[str, str]] = {
    "cancel": ("취소", "Cancel"),
    "done": ("마치기", "Done"),
    "edit": ("고치기…", "Edit…"),
    "add": ("추가", "Add"),
    "remove": ("빼기", "Remove"),
    "restore": ("처음 목록으로", "Restore the first list"),
    "delete": ("지우기", "Delete"),
    "as_system": ("시스템 따름", "As the system"),
}

SECTIONS: dict[str, tuple[str, str]] = {
    "settings_title": ("눈치 설정", "Nunchi Settings"),
    "settings_search": ("설정 찾기", "Search settings"),
    "section_general": ("일반", "General"),
    "section_keys": ("단축키", "Keys"),
    "section_privacy": ("화면·개인정보", "Screen and privacy"),
    "section_models": ("모델", "Models"),
    "section_sound": ("소리·카메라", "Sound and camera"),
    "section_advanced": ("고급", "Advanced"),
}

GENERAL: dict[str, tuple[str, str]] = {
    "language": ("언어", "Language"),
    "theme": ("화면 모드", "Appearance"),
    "theme_light": ("밝게", "Light"),
    "theme_dark": ("어둡게", "Dark"),
    "text_size": ("글자 크기", "Text size"),
    "text_90": ("작게", "Small"),
    "text_100": ("보통", "Normal"),
    "text_115": ("크게", "Large"),
    "text_130": ("더 크게", "Larger"),
    "text_150": ("아주 크게", "Largest"),
    "answers": ("답", "Answers"),
    "answer_place": ("답이 나타나는 곳", "Where answers appear"),
    "answer_place_note": ("답이 가리키는 곳은 가리지 않아요", "Never over what they point at"),
    "place_left": ("마지막에 둔 자리", "Where I left them"),
    "place_pointer": ("언제나 포인터 옆", "Always near the pointer"),
    "place_top-right": ("화면 오른쪽 위", "Top right of the screen"),
    "place_bottom-right": ("화면 오른쪽 아래", "Bottom right of the screen"),
    "starting": ("시작", "Starting"),
    "start_at_login": ("로그인할 때 시작", "Start at login"),
    "start_at_login_note": (
        "단축키를 누를 때까지 트레이에서 조용히 기다려요",
        "Waits quietly in the tray until a key is pressed",
    ),
    "first_run_row": ("처음 안내", "Introduction"),
    "first_run_row_note": ("단축키와 권한을 하나씩 해 봐요", "Try the keys and the permissions one by one"),
    "first_run_again": ("다시 보기", "See it again"),
}

KEYS: dict[str, tuple[str, str]] = {
    "keys_introduction": (
        "칸을 누른 다음 쓰고 싶은 키를 누르세요. 한국어 자판이어도 괜찮아요.",
        "Click a field, then press the keys you want. Any keyboard layout will do.",
    ),
    "keys_foot": (
        "길게 누르고 말하거나, 짧게 누르고 말해도 돼요. 키를 빼려면 칸에서 백스페이스를 누르세요.",
        "Hold the keys and speak, or tap them and speak. Backspace in a field takes its keys away.",
    ),
    "keys_foot_portal": (
        "이 데스크톱에서는 시스템이 키를 정해요. 다른 키를 골랐다면 그 키가 여기 보여요.",
        "On this desktop the system has the last word. Where it chose other keys, they are shown here.",
    ),
    "keys_foot_none": (
        "이 데스크톱에서는 프로그램이 단축키를 정할 수 없어요. 시스템의 키보드 설정에서 `nunchi trigger screen` 명령에 키를 주세요.",
        "Programs cannot bind keys on this desktop. Give a key to the command `nunchi trigger screen` in its keyboard settings.",
    ),
    "keys_reset": ("처음 단축키로", "Restore the first keys"),
    "key_none": ("없음", "None"),
    "key_press": ("키를 누르세요 · Esc로 그만두기", "Press keys · Esc to leave"),
    "key_press_hint": ("눌러서 바꾸기", "Press to change"),
    "key_given": ("데스크톱이 준 키: {keys}", "The desktop gave: {keys}"),
    "key_conflict_taken": (
        "{keys}: 다른 프로그램이 쓰고 있어요{name}",
        "{keys}: another program has it{name}",
    ),
    "key_conflict_ours": ("{keys}: ‘{name}’에서 쓰고 있어요", "{keys}: used for “{name}”"),
    "key_conflict_no_such_key": ("{keys}: 이 자판에 없는 키예요{name}", "{keys}: not on this keyboard{name}"),
    "key_conflict_refused": (
        "{keys}: 시스템이 허락하지 않았어요{name}",
        "{keys}: the system refused it{name}",
    ),
    "hotkey_needs_modifier": (
        "Ctrl, Alt, Super 가운데 하나를 함께 누르세요",
        "Press Ctrl, Alt or Super together with it",
    ),
    "hotkey_no_such_key": ("이 키는 단축키로 쓸 수 없어요", "This key cannot be used"),
    "hotkey_used_by_completion": (
        "바꿨어요. 다만 여러 편집기가 자동 완성에 쓰는 키예요.",
        "Changed. Many editors complete words with it, though.",
    ),
    "hotkey_used_by_hangul": (
        "바꿨어요. 다만 한/영을 바꿀 때 쓰는 키예요.",
        "Changed. It switches to Korean in places, though.",
    ),
    "hotkey_used_by_window_menu": (
        "바꿨어요. 다만 창 메뉴를 여는 키예요.",
        "Changed. It opens the window menu, though.",
    ),
    "hotkey_used_by_window_switch": (
        "바꿨어요. 다만 창을 바꾸는 키예요.",
        "Changed. It switches windows, though.",
    ),
    "hotkey_used_by_close": ("바꿨어요. 다만 창을 닫는 키예요.", "Changed. It closes windows, though."),
    "hotkey_used_by_copy": ("바꿨어요. 다만 복사하는 키예요.", "Changed. It copies, though."),
    "hotkey_used_by_paste": ("바꿨어요. 다만 붙여 넣는 키예요.", "Changed. It pastes, though."),
    "hotkey_used_by_cut": ("바꿨어요. 다만 잘라 내는 키예요.", "Changed. It cuts, though."),
    "hotkey_used_by_undo": ("바꿨어요. 다만 되돌리는 키예요.", "Changed. It undoes, though."),
    "hotkey_used_by_save": ("바꿨어요. 다만 저장하는 키예요.", "Changed. It saves, though."),
    "hotkey_used_by_select_all": (
        "바꿨어요. 다만 모두 고르는 키예요.",
        "Changed. It selects everything, though.",
    ),
    "hotkey_used_by_system": (
        "바꿨어요. 다만 시스템이 먼저 쓸 수 있어요.",
        "Changed. The system may take it first, though.",
    ),
}

PRIVACY: dict[str, tuple[str, str]] = {
    "privacy_introduction": (
        "화면, 소리, 질문, 답은 모두 이 컴퓨터 안에만 있어요.",
        "Screens, sounds, questions and answers never leave this machine.",
    ),
    "excluded": ("보지 않는 창", "Windows that are never looked at"),
    "excluded_foot": (
        "이 창들은 회색으로 덮어서 봐요. 은행, 인증서, 암호 관리, 비공개 창이 처음부터 들어 있어요.",
        "They are covered with grey. Banks, certificates, password managers and private windows are on the list from the start.",
    ),
    "excluded_programs": ("프로그램", "Programs"),
    "excluded_programs_add": ("프로그램 이름", "Name of a program"),
    "excluded_titles": ("창 제목에 든 말", "Words in a window's title"),
    "excluded_titles_add": ("제목에 들어 있는 말", "Words in the title"),
    "entries": ("{count}개", "{count} entries"),
    "masks": ("가리기", "Hiding"),
    "mask_numbers": ("남기기 전에 민감한 번호 가리기", "Hide private numbers before anything is kept"),
    "mask_numbers_note": (
        "주민등록번호, 카드, 계좌, 여권 번호와 암호를 ••••로 바꿔요",
        "Resident, card, account and passport numbers and passwords become ••••",
    ),
    "mask_numbers_off": (
        "기록에 번호가 그대로 남아요. 이 컴퓨터를 함께 쓴다면 켜 두세요.",
        "Numbers are kept as they are. Switch it on if others use this machine.",
    ),
    "mask_phones": ("전화번호도 가리기", "Hide telephone numbers too"),
    "history_foot": (
        "기록은 이 계정만 읽을 수 있는 파일 하나에 있고, 아주 작은 그림만 함께 남아요.",
        "History is one file that only your account can read, with a very small picture for each answer.",
    ),
    "history_keep": ("답을 기록으로 남기기", "Keep answers"),
    "history_keep_note": ("꺼 두면 아무것도 남지 않아요", "While it is off nothing is kept"),
    "history_days": ("남겨 두는 동안", "How long"),
    "days_1": ("하루", "A day"),
    "days_7": ("일주일", "A week"),
    "days_30": ("한 달", "A month"),
    "days_90": ("석 달", "Three months"),
    "days_0": ("지울 때까지", "Until I delete them"),
    "history_kept": ("남아 있는 기록", "What is kept"),
    "history_see": ("기록 보기…", "See history…"),
    "history_all": ("기록 모두 지우기", "Delete all history"),
    "history_delete_all": ("모두 지우기", "Delete all"),
    "history_delete_all_question": (
        "남아 있는 기록을 모두 지울까요? 되돌릴 수 없어요.",
        "Delete all history? This cannot be undone.",
    ),
}

MODELS: dict[str, tuple[str, str]] = {
    "models_introduction": (
        "모두 이 컴퓨터에서 실행돼요.",
        "All of them run on this machine.",
    ),
    "models_vision": ("화면을 보고 답하기", "Looking and answering"),
    "models_speech": ("말 알아듣기", "Understanding speech"),
    "models_screen-text": ("화면 글자 읽기", "Reading the screen"),
    "models_none_vision": ("아직 없어요", "None yet"),
    "models_none_vision_note": ("아래에서 하나 받으세요", "Get one below"),
    "models_none_speech": ("아직 없어요", "None yet"),
    "models_none_speech_note": (
        "말로 묻고 싶으면 아래에서 하나 받으세요. 그동안은 글로 물을 수 있어요.",
        "Get one below to ask aloud. Until then questions are typed.",
    ),
    "models_none_screen-text": ("아직 없어요", "None yet"),
    "models_none_screen-text_note": ("프로그램을 다시 설치하세요", "Install the program again"),
    "running_group": ("실행", "Running"),
    "device": ("실행하는 장치", "Device"),
    "device_note": ("바꾸면 다음 질문부터 그 장치에서 실행해요", "Counts from the next question on"),
    "device_missing": ("{name} (찾지 못함)", "{name} (not found)"),
    "model_finds_text": ("화면 글자 찾기", "Finding text"),
    "model_finds_widgets": ("단추와 칸 찾기", "Finding buttons and fields"),
    "model_used": ("쓰는 중", "In use"),
    "model_use": ("이것으로 쓰기", "Use this"),
    "model_bundled": ("기본 제공", "comes with Nunchi"),
    "model_delete": ("{name} 지우기", "Delete {name}"),
    "model_delete_question": ("{name}을(를) 지울까요? {size}가 비어요.", "Delete {name}? This frees {size}."),
    "models_offered": ("받을 수 있는 모델", "Models you can get"),
    "models_offered_foot": (
        "‘받기’를 누를 때만 huggingface.co에 연결하고, 받은 파일은 모두 확인해요.",
        "Only “Get” connects to huggingface.co. Every file is checked when it arrives.",
    ),
    "model_get": ("받기", "Get"),
    "model_go_on": ("이어 받기", "Go on"),
    "model_pause": ("잠깐 멈추기", "Pause"),
    "model_half": ("받다 만 것이 있어요", "Part of it is here already"),
    "model_asking": ("무엇을 받을지 묻고 있어요…", "Asking what there is to get…"),
    "model_arrived": ("{name} 모델을 쓸 수 있어요", "{name} is ready"),
    "model_progress": ("받은 만큼", "How far it is"),
    "model_recommended": ("이 컴퓨터에 추천", "recommended here"),
    "model_without_source": ("아직 받을 수 없어요", "Not available yet"),
    "model_needs_converting": (
        "명령줄에서 받아 변환해야 해요",
        "Has to be fetched and converted on the command line",
    ),
    "model_needs_engine": ("transformers 엔진이 설치된 곳에서 쓸 수 있어요", "Needs the transformers engine"),
    "model_terms_question": ("{name}의 사용 조건에 동의하세요?", "Do you agree to the terms of {name}?"),
    "model_terms": ("라이선스: {licence}", "Licence: {licence}"),
    "model_terms_code": (
        "이 모델은 만든 곳의 파이썬 코드를 이 컴퓨터에서 실행해요.",
        "This model runs Python code of its makers on this machine.",
    ),
    "model_agree": ("동의하고 받기", "Agree and get"),
    "kind_vision": ("화면 보기", "looks"),
    "kind_speech": ("말 듣기", "listens"),
    "kind_screen-text": ("글자 읽기", "reads"),
    "suits_good": ("이 컴퓨터에 맞아요", "suits this machine"),
    "suits_memory_short": ("메모리 {need} 필요", "needs {need} of memory"),
    "suits_disk_short": ("디스크 {need} 필요, {have} 남음", "needs {need} of disk, {have} free"),
    "suits_engine_missing": ("이 컴퓨터용 엔진이 없어요", "no engine for this machine"),
    "minutes_left": ("{minutes}분 남음", "{minutes} min left"),
    "seconds_left": ("{seconds}초 남음", "{seconds} s left"),
}

SOUND: dict[str, tuple[str, str]] = {
    "listening_group": ("듣기", "Listening"),
    "microphone": ("마이크", "Microphone"),
    "microphone_level": ("마이크 소리", "Microphone level"),
    "microphone_note": (
        "물을 때와 시험할 때만 마이크가 켜져요",
        "The microphone is on only while you ask or try it",
    ),
    "microphone_note_open": ("마이크가 계속 켜져 있어요", "The microphone is on all the time"),
    "synthetic": ("말 알아듣기", "Understanding speech"),
    "synthetic_note": (
        "함께 온 whisper-synth-ko는 합성 음성만 배웠어요. 사람 말을 알아들으려면 Whisper를 받으세요.",
        "whisper-synth-ko, which came along, knows synthetic voices only. Get a Whisper to be understood.",
    ),
    "synthetic_get": ("Whisper 받기", "Get a Whisper"),
    "microphone_test": ("시험하기", "Try it"),
    "microphone_speak": ("마이크가 켜졌어요. 아무 말이나 해 보세요.", "The microphone is on. Say something."),
    "microphone_heard": ("잘 들려요", "You can be heard"),
    "microphone_unheard": ("말소리가 들리지 않았어요", "No voice was heard"),
    "silence": ("말이 끝났다고 보는 침묵", "Silence that ends a question"),
    "silence_note": (
        "길면 생각하며 말할 수 있고, 짧으면 빨리 답해요",
        "Longer lets you think, shorter answers sooner",
    ),
    "hold": ("단축키를 누르고 있는 동안 계속 듣기", "Listen for as long as the keys are held"),
    "hold_note": (
        "손을 떼면 질문이 끝나요. 짧게 누르면 말을 멈출 때 끝나요.",
        "Letting go ends the question. After a tap, a pause does.",
    ),
    "pre_roll": ("단축키보다 먼저 말해도 듣기", "Hear what is said just before the key"),
    "pre_roll_note": (
        "마이크를 계속 켜 두고 마지막 0.6초만 기억해요. 켜져 있는 동안 트레이 아이콘에 점이 보여요.",
        "Keeps the microphone on and remembers the last 0.6 s only. A dot on the tray icon shows it.",
    ),
    "device_default": ("시스템이 고른 장치", "The system's choice"),
    "device_gone": ("{name} (연결 안 됨)", "{name} (not connected)"),
    "speaking_group": ("말하기", "Speaking"),
    "voice_answers": ("답을 소리 내어 읽기", "Read answers aloud"),
    "voice_answers_note": ("다음 단축키를 누르면 멈춰요", "Stops at the next key"),
    "voice_sample": ("앞으로 답을 이렇게 읽어 드릴게요.", "앞으로 답을 이렇게 읽어 드릴게요."),
    "speaker": ("스피커", "Loudspeaker"),
    "speaker_fixed": ("이 시스템에서는 시스템이 고른 스피커로만 읽어요", "This system reads on its own choice only"),
    "camera": ("카메라", "Camera"),
    "camera_foot": ("카메라에 대해 물을 때만 켜져요", "It is on only while you ask about it"),
}

ADVANCED: dict[str, tuple[str, str]] = {
    "folders": ("폴더", "Folders"),
    "folder_settings": ("설정", "Settings"),
    "folder_data": ("모델과 기록", "Models and history"),
    "folder_none": ("저장하지 않고 있어요", "Nothing is saved"),
    "open_folder": ("열기", "Open"),
    "when_wrong": ("문제가 생겼을 때", "When something is wrong"),
    "diagnosis": ("진단 정보", "Diagnosis"),
    "diagnosis_note": (
        "버전, 장치, 모델, 속도를 담아요. 화면이나 질문은 들어가지 않아요.",
        "Versions, devices, models and speed. No screens and no questions.",
    ),
    "diagnosis_copy": ("복사", "Copy"),
    "diagnosis_runs": ("살펴보고 있어요…", "Examining…"),
    "diagnosis_copied": ("클립보드에 복사했어요", "Copied to the clipboard"),
    "about_row": ("버전과 라이선스", "Version and licences"),
    "reset_row": ("설정 되돌리기", "Reset"),
    "reset_note": ("모델과 기록은 그대로 있어요", "Models and history stay"),
    "reset_all": ("처음 설정으로", "Restore first settings"),
    "reset_question": ("모든 설정을 처음으로 되돌릴까요?", "Restore all settings as they came?"),
}

HISTORY: dict[str, tuple[str, str]] = {
    "history": ("기록", "History"),
    "history_title": ("눈치 기록", "Nunchi History"),
    "history_search": ("질문과 답에서 찾기", "Search questions and answers"),
    "history_read_at": ("읽은 곳", "Read at"),
    "history_off": ("기록을 남기지 않고 있어요", "Nothing is kept"),
    "history_off_hint": (
        "켜 두면 물어본 것과 답이 이 컴퓨터에만,\n민감한 번호는 가린 채로 남아요.",
        "When switched on, questions and answers stay on this machine only, with private numbers hidden.",
    ),
    "history_switch": ("설정에서 켜기…", "Switch it on in Settings…"),
    "history_empty": ("아직 기록이 없어요", "Nothing yet"),
    "history_empty_hint": ("이제부터 물어보는 것이 여기에 남아요", "What you ask from now on appears here"),
    "history_delete_some_question": ("고른 기록 {count}개를 지울까요?", "Delete the {count} chosen entries?"),
    "copy_short": ("복사", "Copy"),
    "yesterday": ("어제", "Yesterday"),
    "source_screen": ("화면", "Screen"),
    "source_window": ("창", "Window"),
    "source_region": ("고른 영역", "Region"),
    "source_camera": ("카메라", "Camera"),
    "source_image": ("그림", "Picture"),
    "source_video": ("동영상", "Video"),
    "history_nothing": ("찾은 기록이 없어요", "Nothing was found"),
    "history_deleted": ("기록 {count}개를 지웠어요", "{count} entries deleted"),
}

FIRST_RUN: dict[str, tuple[str, str]] = {
    "first_run_title": ("눈치 시작하기", "Getting started with Nunchi"),
    "first_run_skip": ("건너뛰기", "Skip"),
    "first_run_back": ("이전", "Back"),
    "first_run_next": ("다음", "Next"),
    "first_run_end": ("시작하기", "Start"),
    "first_run_page": ("{count}쪽 가운데 {number}쪽", "Page {number} of {count}"),
    "welcome": ("화면에 대해 물어보세요", "Ask about your screen"),
    "welcome_text": (
        "단축키를 누르고 물으면, 화면을 보고 답하고 어디에서 읽었는지 짚어 줘요.",
        "Press a key and ask: it looks, answers, and shows where it read the answer.",
    ),
    "welcome_local": ("아무것도 밖으로 보내지 않아요", "Nothing leaves this machine"),
    "welcome_local_text": (
        "화면도 목소리도 답도 이 컴퓨터 안에서만 다뤄요. 인터넷이 없어도 돼요.",
        "Screens, voices and answers stay here. No network is needed.",
    ),
    "welcome_asked": ("물을 때만 보고 들어요", "It looks and listens only when you ask"),
    "welcome_asked_text": (
        "그 밖에는 마이크도 카메라도 꺼져 있어요. 켜지면 트레이가 알려 줘요.",
        "Otherwise both are off. The tray shows when they are on.",
    ),
    "welcome_hidden": (
        "은행·인증서·암호 창은 보지 않아요",
        "It never looks at banks, certificates and passwords",
    ),
    "welcome_hidden_text": (
        "보지 않을 창은 설정에서 더할 수 있어요.",
        "You can add other windows in the settings.",
    ),
    "try_key": ("단축키를 눌러 보세요", "Try the key"),
    "try_key_text": (
        "어떤 프로그램을 쓰고 있든 이 키를 누르면 그 화면에 대해 물을 수 있어요.",
        "In any program, this key asks about what is on the screen.",
    ),
    "try_key_wait": ("지금 눌러 보세요", "Press it now"),
    "try_key_done": ("잘 됐어요!", "It works!"),
    "try_key_none": (
        "이 데스크톱에서는 프로그램이 단축키를 정할 수 없어요. 트레이 아이콘을 눌러 물을 수 있어요.",
        "Programs cannot bind keys on this desktop. Click the tray icon to ask.",
    ),
    "try_key_change": ("다른 키로 바꾸려면 누르세요", "Press to choose other keys"),
    "permissions": ("보고 들을 수 있는지 볼게요", "Can it see and hear?"),
    "permissions_text": (
        "지금 하지 않아도 돼요. 필요할 때 다시 물어요.",
        "You may leave this for later. It asks again when it needs to.",
    ),
    "see_screen": ("화면", "Screen"),
    "see_screen_note": (
        "한 번 찍어서 보이는지 확인하고 바로 버려요",
        "Takes one picture, looks at it and throws it away",
    ),
    "see_screen_test": ("확인하기", "Check"),
    "see_screen_good": ("잘 보여요 ({width} × {height})", "It can be seen ({width} × {height})"),
    "first_models": ("모델은 준비돼 있어요", "A model is ready"),
    "first_models_text": (
        "작은 기본 모델이 함께 왔어요. 말은 합성 음성만 알아들어요. 더 잘 답하고 사람 말도 알아듣게 하려면 이 컴퓨터에 맞는 모델을 받으세요.",
        "A small one came along; of speech it understands synthetic voices only. For better answers, and to be asked aloud, "
        "get one that suits this machine.",
    ),
    "first_models_missing": (
        "이 설치에는 모델이 없어요. 하나 받아야 답할 수 있어요.",
        "This installation has no model. It needs one to answer.",
    ),
    "first_models_later": (
        "나중에 설정의 ‘모델’에서 받아도 돼요. 받는 동안에도 쓸 수 있어요.",
        "You can do this later under Models in the settings, and ask while one is on its way.",
    ),
    "first_models_nothing": (
        "지금 받을 수 있는 알맞은 모델이 없어요.",
        "There is nothing suitable to get now.",
    ),
}

ABOUT: dict[str, tuple[str, str]] = {
    "about_title": ("눈치에 대하여", "About Nunchi"),
    "about_text": (
        "화면을 보고 한국어로 답하는, 이 컴퓨터 안의 조수",
        "An assistant on this machine that sees the screen and answers in Korean",
    ),
    "about_version": ("버전 {version}", "Version {version}"),
    "about_source": ("개발 중인 소스", "from source"),
    "about_licences": ("라이선스", "Licences"),
    "about_cards": ("모델 카드", "Model cards"),
    "about_licence_none": (
        "이 부분은 라이선스 글을 함께 싣지 않았어요.\n\n라이선스: {licence}",
        "This part came without the text of its licence.\n\nLicence: {licence}",
    ),
    "about_card_none": ("카드가 없는 모델이에요.", "This model has no card."),
    "about_parts": ("들어 있는 것", "Parts"),
}

WINDOW_WORDS: dict[str, tuple[str, str]] = {
    **MENU,
    **COMMON,
    **SECTIONS,
    **GENERAL,
    **KEYS,
    **PRIVACY,
    **MODELS,
    **SOUND,
    **ADVANCED,
    **HISTORY,
    **FIRST_RUN,
    **ABOUT,
}
