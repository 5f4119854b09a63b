<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>nunchi</name>
    <message>
        <source>name</source>
        <translation>Nunchi</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>looking</source>
        <translation>Looking at the screen</translation>
    </message>
    <message>
        <source>camera-open</source>
        <translation>The camera is on</translation>
    </message>
    <message>
        <source>microphone_replaced</source>
        <translation>The chosen microphone is not there: listening to the system's choice</translation>
    </message>
    <message>
        <source>microphone_reopened</source>
        <translation>The microphone was lost and is back</translation>
    </message>
    <message>
        <source>microphone_open</source>
        <translation>The microphone is on</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>Listening</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>Thinking</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>Answering</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>There is a problem</translation>
    </message>
    <message>
        <source>model-missing</source>
        <translation>A model is needed</translation>
    </message>
    <message>
        <source>speak_now</source>
        <translation>Go ahead. It answers when you stop speaking.</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>Click to correct and ask again</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>Copy the answer</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>follow_up</source>
        <translation>Ask a follow-up</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>What Nunchi saw</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>ask_placeholder</source>
        <translation>Ask about this screen</translation>
    </message>
    <message>
        <source>send</source>
        <translation>Ask</translation>
    </message>
    <message>
        <source>running_on</source>
        <translation>Running on {device}</translation>
    </message>
    <message>
        <source>not_yet</source>
        <translation>No model has run yet</translation>
    </message>
    <message>
        <source>private</source>
        <translation>Nothing leaves this machine</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>timings</source>
        <translation>reading {screen} · looking {look} · first word {first} · total {total}</translation>
    </message>
    <message>
        <source>menu_screen</source>
        <translation>Ask about the screen</translation>
    </message>
    <message>
        <source>menu_window</source>
        <translation>Ask about a window</translation>
    </message>
    <message>
        <source>menu_region</source>
        <translation>Ask about a region</translation>
    </message>
    <message>
        <source>menu_camera</source>
        <translation>Ask through the camera</translation>
    </message>
    <message>
        <source>menu_again</source>
        <translation>Ask again about the same screen</translation>
    </message>
    <message>
        <source>show_timings</source>
        <translation>Show how long it took</translation>
    </message>
    <message>
        <source>menu_type</source>
        <translation>Ask by typing</translation>
    </message>
    <message>
        <source>menu_stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>menu_quit</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>camera_opening</source>
        <translation>Opening the camera…</translation>
    </message>
    <message>
        <source>camera_preview</source>
        <translation>Camera preview</translation>
    </message>
    <message>
        <source>camera_take</source>
        <translation>Ask about this picture</translation>
    </message>
    <message>
        <source>camera_before</source>
        <translation>Previous camera</translation>
    </message>
    <message>
        <source>camera_after</source>
        <translation>Next camera</translation>
    </message>
    <message>
        <source>camera_keys</source>
        <translation>Enter takes it · Esc closes</translation>
    </message>
    <message>
        <source>camera_keys_several</source>
        <translation>Enter takes it · ← → change the camera · Esc closes</translation>
    </message>
    <message>
        <source>hidden_number</source>
        <translation>a hidden number</translation>
    </message>
    <message>
        <source>region_hint</source>
        <translation>Drag to choose · Esc to leave</translation>
    </message>
    <message>
        <source>keys_taken</source>
        <translation>Another program has these keys: {keys}</translation>
    </message>
    <message>
        <source>menu_history</source>
        <translation>History…</translation>
    </message>
    <message>
        <source>menu_settings</source>
        <translation>Settings…</translation>
    </message>
    <message>
        <source>menu_get_model</source>
        <translation>Get a model…</translation>
    </message>
    <message>
        <source>menu_about</source>
        <translation>About Nunchi</translation>
    </message>
    <message>
        <source>cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>Edit…</translation>
    </message>
    <message>
        <source>add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>restore</source>
        <translation>Restore the first list</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>as_system</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>settings_title</source>
        <translation>Nunchi Settings</translation>
    </message>
    <message>
        <source>settings_search</source>
        <translation>Search settings</translation>
    </message>
    <message>
        <source>section_general</source>
        <translation>General</translation>
    </message>
    <message>
        <source>section_keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>section_privacy</source>
        <translation>Screen and privacy</translation>
    </message>
    <message>
        <source>section_models</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>section_sound</source>
        <translation>Sound and camera</translation>
    </message>
    <message>
        <source>section_advanced</source>
        <translation>Advanced</translation>
    </message>
    <message>
        <source>language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>Appearance</translation>
    </message>
    <message>
        <source>theme_light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>theme_dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>text_size</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>text_90</source>
        <translation>Small</translation>
    </message>
    <message>
        <source>text_100</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>text_115</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>text_130</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>text_150</source>
        <translation>Largest</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>Answers</translation>
    </message>
    <message>
        <source>answer_place</source>
        <translation>Where answers appear</translation>
    </message>
    <message>
        <source>answer_place_note</source>
        <translation>Never over what they point at</translation>
    </message>
    <message>
        <source>place_left</source>
        <translation>Where I left them</translation>
    </message>
    <message>
        <source>place_pointer</source>
        <translation>Always near the pointer</translation>
    </message>
    <message>
        <source>place_top-right</source>
        <translation>Top right of the screen</translation>
    </message>
    <message>
        <source>place_bottom-right</source>
        <translation>Bottom right of the screen</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>Starting</translation>
    </message>
    <message>
        <source>start_at_login</source>
        <translation>Start at login</translation>
    </message>
    <message>
        <source>start_at_login_note</source>
        <translation>Waits quietly in the tray until a key is pressed</translation>
    </message>
    <message>
        <source>first_run_row</source>
        <translation>Introduction</translation>
    </message>
    <message>
        <source>first_run_row_note</source>
        <translation>Try the keys and the permissions one by one</translation>
    </message>
    <message>
        <source>first_run_again</source>
        <translation>See it again</translation>
    </message>
    <message>
        <source>keys_introduction</source>
        <translation>Click a field, then press the keys you want. Any keyboard layout will do.</translation>
    </message>
    <message>
        <source>keys_foot</source>
        <translation>Hold the keys and speak, or tap them and speak. Backspace in a field takes its keys away.</translation>
    </message>
    <message>
        <source>keys_foot_portal</source>
        <translation>On this desktop the system has the last word. Where it chose other keys, they are shown here.</translation>
    </message>
    <message>
        <source>keys_foot_none</source>
        <translation>Programs cannot bind keys on this desktop. Give a key to the command `nunchi trigger screen` in its keyboard settings.</translation>
    </message>
    <message>
        <source>keys_reset</source>
        <translation>Restore the first keys</translation>
    </message>
    <message>
        <source>key_none</source>
        <translation>None</translation>
    </message>
    <message>
        <source>key_press</source>
        <translation>Press keys · Esc to leave</translation>
    </message>
    <message>
        <source>key_press_hint</source>
        <translation>Press to change</translation>
    </message>
    <message>
        <source>key_given</source>
        <translation>The desktop gave: {keys}</translation>
    </message>
    <message>
        <source>key_conflict_taken</source>
        <translation>{keys}: another program has it{name}</translation>
    </message>
    <message>
        <source>key_conflict_ours</source>
        <translation>{keys}: used for “{name}”</translation>
    </message>
    <message>
        <source>key_conflict_no_such_key</source>
        <translation>{keys}: not on this keyboard{name}</translation>
    </message>
    <message>
        <source>key_conflict_refused</source>
        <translation>{keys}: the system refused it{name}</translation>
    </message>
    <message>
        <source>hotkey_needs_modifier</source>
        <translation>Press Ctrl, Alt or Super together with it</translation>
    </message>
    <message>
        <source>hotkey_no_such_key</source>
        <translation>This key cannot be used</translation>
    </message>
    <message>
        <source>hotkey_used_by_completion</source>
        <translation>Changed. Many editors complete words with it, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_hangul</source>
        <translation>Changed. It switches to Korean in places, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_window_menu</source>
        <translation>Changed. It opens the window menu, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_window_switch</source>
        <translation>Changed. It switches windows, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_close</source>
        <translation>Changed. It closes windows, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_copy</source>
        <translation>Changed. It copies, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_paste</source>
        <translation>Changed. It pastes, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_cut</source>
        <translation>Changed. It cuts, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_undo</source>
        <translation>Changed. It undoes, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_save</source>
        <translation>Changed. It saves, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_select_all</source>
        <translation>Changed. It selects everything, though.</translation>
    </message>
    <message>
        <source>hotkey_used_by_system</source>
        <translation>Changed. The system may take it first, though.</translation>
    </message>
    <message>
        <source>privacy_introduction</source>
        <translation>Screens, sounds, questions and answers never leave this machine.</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>Windows that are never looked at</translation>
    </message>
    <message>
        <source>excluded_foot</source>
        <translation>They are covered with grey. Banks, certificates, password managers and private windows are on the list from the start.</translation>
    </message>
    <message>
        <source>excluded_programs</source>
        <translation>Programs</translation>
    </message>
    <message>
        <source>excluded_programs_add</source>
        <translation>Name of a program</translation>
    </message>
    <message>
        <source>excluded_titles</source>
        <translation>Words in a window's title</translation>
    </message>
    <message>
        <source>excluded_titles_add</source>
        <translation>Words in the title</translation>
    </message>
    <message>
        <source>entries</source>
        <translation>{count} entries</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>Hiding</translation>
    </message>
    <message>
        <source>mask_numbers</source>
        <translation>Hide private numbers before anything is kept</translation>
    </message>
    <message>
        <source>mask_numbers_note</source>
        <translation>Resident, card, account and passport numbers and passwords become ••••</translation>
    </message>
    <message>
        <source>mask_numbers_off</source>
        <translation>Numbers are kept as they are. Switch it on if others use this machine.</translation>
    </message>
    <message>
        <source>mask_phones</source>
        <translation>Hide telephone numbers too</translation>
    </message>
    <message>
        <source>history_foot</source>
        <translation>History is one file that only your account can read, with a very small picture for each answer.</translation>
    </message>
    <message>
        <source>history_keep</source>
        <translation>Keep answers</translation>
    </message>
    <message>
        <source>history_keep_note</source>
        <translation>While it is off nothing is kept</translation>
    </message>
    <message>
        <source>history_days</source>
        <translation>How long</translation>
    </message>
    <message>
        <source>days_1</source>
        <translation>A day</translation>
    </message>
    <message>
        <source>days_7</source>
        <translation>A week</translation>
    </message>
    <message>
        <source>days_30</source>
        <translation>A month</translation>
    </message>
    <message>
        <source>days_90</source>
        <translation>Three months</translation>
    </message>
    <message>
        <source>days_0</source>
        <translation>Until I delete them</translation>
    </message>
    <message>
        <source>history_kept</source>
        <translation>What is kept</translation>
    </message>
    <message>
        <source>history_see</source>
        <translation>See history…</translation>
    </message>
    <message>
        <source>history_all</source>
        <translation>Delete all history</translation>
    </message>
    <message>
        <source>history_delete_all</source>
        <translation>Delete all</translation>
    </message>
    <message>
        <source>history_delete_all_question</source>
        <translation>Delete all history? This cannot be undone.</translation>
    </message>
    <message>
        <source>models_introduction</source>
        <translation>All of them run on this machine.</translation>
    </message>
    <message>
        <source>models_vision</source>
        <translation>Looking and answering</translation>
    </message>
    <message>
        <source>models_speech</source>
        <translation>Understanding speech</translation>
    </message>
    <message>
        <source>models_screen-text</source>
        <translation>Reading the screen</translation>
    </message>
    <message>
        <source>models_none_vision</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>models_none_vision_note</source>
        <translation>Get one below</translation>
    </message>
    <message>
        <source>models_none_speech</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>models_none_speech_note</source>
        <translation>Get one below to ask aloud. Until then questions are typed.</translation>
    </message>
    <message>
        <source>models_none_screen-text</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>models_none_screen-text_note</source>
        <translation>Install the program again</translation>
    </message>
    <message>
        <source>running_group</source>
        <translation>Running</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>device_note</source>
        <translation>Counts from the next question on</translation>
    </message>
    <message>
        <source>device_missing</source>
        <translation>{name} (not found)</translation>
    </message>
    <message>
        <source>device_auto</source>
        <translation>Automatic (fastest)</translation>
    </message>
    <message>
        <source>look_time</source>
        <translation>Time for seeing the screen</translation>
    </message>
    <message>
        <source>look_0.7</source>
        <translation>Quick</translation>
    </message>
    <message>
        <source>look_1.5</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>look_4.0</source>
        <translation>Detailed</translation>
    </message>
    <message>
        <source>look_note</source>
        <translation>The longer it may take, the finer the picture. Small print is read as text either way</translation>
    </message>
    <message>
        <source>look_measured</source>
        <translation>{tokens} image tokens · about {seconds} s on this computer</translation>
    </message>
    <message>
        <source>look_unmeasured</source>
        <translation>{tokens} image tokens · how long that takes is known after a question</translation>
    </message>
    <message>
        <source>look_fixed</source>
        <translation>The model in use sees pictures in the size it was trained with</translation>
    </message>
    <message>
        <source>idle_minutes</source>
        <translation>When not in use</translation>
    </message>
    <message>
        <source>idle_note</source>
        <translation>After this long without a question the models&apos; memory is given back</translation>
    </message>
    <message>
        <source>idle_1</source>
        <translation>After a minute</translation>
    </message>
    <message>
        <source>idle_5</source>
        <translation>After 5 minutes</translation>
    </message>
    <message>
        <source>idle_15</source>
        <translation>After 15 minutes</translation>
    </message>
    <message>
        <source>idle_60</source>
        <translation>After an hour</translation>
    </message>
    <message>
        <source>idle_0</source>
        <translation>Always ready</translation>
    </message>
    <message>
        <source>engine_restarted</source>
        <translation>The model had stopped and was started again. Your question is still being answered.</translation>
    </message>
    <message>
        <source>engine_moved</source>
        <translation>The model stopped on the {before}; {device} goes on with the answer.</translation>
    </message>
    <message>
        <source>trying</source>
        <translation>Getting {device} ready</translation>
    </message>
    <message>
        <source>trying_left</source>
        <translation>about {minutes} min left</translation>
    </message>
    <message>
        <source>trying_soon</source>
        <translation>done soon</translation>
    </message>
    <message>
        <source>menu_stop_trying</source>
        <translation>Stop Getting Ready</translation>
    </message>
    <message>
        <source>engine_slower</source>
        <translation>{device} is ready, but on this computer {before} answers sooner.</translation>
    </message>
    <message>
        <source>engine_unfit</source>
        <translation>{device} cannot run this model; answers keep coming from {before}.</translation>
    </message>
    <message>
        <source>engine_found</source>
        <translation>{device} answers sooner here. From the next question on it will.</translation>
    </message>
    <message>
        <source>card_get_model</source>
        <translation>Get a model…</translation>
    </message>
    <message>
        <source>model_mini</source>
        <translation>Nunchi mini</translation>
    </message>
    <message>
        <source>model_reads_text</source>
        <translation>Reading text</translation>
    </message>
    <message>
        <source>model_practice</source>
        <translation>Speech for practice</translation>
    </message>
    <message>
        <source>model_finds_text</source>
        <translation>Finding text</translation>
    </message>
    <message>
        <source>model_finds_widgets</source>
        <translation>Finding buttons and fields</translation>
    </message>
    <message>
        <source>model_used</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>model_use</source>
        <translation>Use this</translation>
    </message>
    <message>
        <source>model_bundled</source>
        <translation>comes with Nunchi</translation>
    </message>
    <message>
        <source>model_delete</source>
        <translation>Delete {name}</translation>
    </message>
    <message>
        <source>model_delete_question</source>
        <translation>Delete {name}? This frees {size}.</translation>
    </message>
    <message>
        <source>models_offered</source>
        <translation>Models you can get</translation>
    </message>
    <message>
        <source>models_offered_foot</source>
        <translation>Only “Get” connects to huggingface.co. Every file is checked when it arrives.</translation>
    </message>
    <message>
        <source>model_get</source>
        <translation>Get</translation>
    </message>
    <message>
        <source>model_time</source>
        <translation>about {minutes} min at 100 Mbps</translation>
    </message>
    <message>
        <source>model_go_on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>model_pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>model_half</source>
        <translation>Part of it is here already</translation>
    </message>
    <message>
        <source>model_asking</source>
        <translation>Asking what there is to get…</translation>
    </message>
    <message>
        <source>model_arrived</source>
        <translation>{name} is ready</translation>
    </message>
    <message>
        <source>model_progress</source>
        <translation>How far it is</translation>
    </message>
    <message>
        <source>model_recommended</source>
        <translation>recommended here</translation>
    </message>
    <message>
        <source>model_without_source</source>
        <translation>Not available yet</translation>
    </message>
    <message>
        <source>model_needs_converting</source>
        <translation>Has to be fetched and converted on the command line</translation>
    </message>
    <message>
        <source>model_needs_engine</source>
        <translation>Needs the transformers engine</translation>
    </message>
    <message>
        <source>model_terms_question</source>
        <translation>Do you agree to the terms of {name}?</translation>
    </message>
    <message>
        <source>model_terms</source>
        <translation>Licence: {licence}</translation>
    </message>
    <message>
        <source>model_terms_code</source>
        <translation>This model runs Python code of its makers on this machine.</translation>
    </message>
    <message>
        <source>model_agree</source>
        <translation>Agree and get</translation>
    </message>
    <message>
        <source>kind_vision</source>
        <translation>looks</translation>
    </message>
    <message>
        <source>kind_speech</source>
        <translation>listens</translation>
    </message>
    <message>
        <source>kind_screen-text</source>
        <translation>reads</translation>
    </message>
    <message>
        <source>suits_good</source>
        <translation>suits this machine</translation>
    </message>
    <message>
        <source>suits_memory_short</source>
        <translation>needs {need} of memory</translation>
    </message>
    <message>
        <source>suits_disk_short</source>
        <translation>needs {need} of disk, {have} free</translation>
    </message>
    <message>
        <source>suits_engine_missing</source>
        <translation>no engine for this machine</translation>
    </message>
    <message>
        <source>minutes_left</source>
        <translation>{minutes} min left</translation>
    </message>
    <message>
        <source>seconds_left</source>
        <translation>{seconds} s left</translation>
    </message>
    <message>
        <source>listening_group</source>
        <translation>Listening</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>microphone_level</source>
        <translation>Microphone level</translation>
    </message>
    <message>
        <source>microphone_note</source>
        <translation>It is on only while you ask or try it</translation>
    </message>
    <message>
        <source>microphone_note_open</source>
        <translation>The microphone is on all the time</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>Understanding speech</translation>
    </message>
    <message>
        <source>synthetic_note</source>
        <translation>whisper-synth-ko, which came along, knows synthetic voices only. Get a Whisper to be understood.</translation>
    </message>
    <message>
        <source>synthetic_get</source>
        <translation>Get a Whisper</translation>
    </message>
    <message>
        <source>microphone_test</source>
        <translation>Try it</translation>
    </message>
    <message>
        <source>microphone_speak</source>
        <translation>The microphone is on. Say something.</translation>
    </message>
    <message>
        <source>microphone_heard</source>
        <translation>You can be heard</translation>
    </message>
    <message>
        <source>microphone_unheard</source>
        <translation>No voice was heard</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>Silence that ends a question</translation>
    </message>
    <message>
        <source>silence_note</source>
        <translation>Longer lets you think, shorter answers sooner; after a whole sentence it waits half as long</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>Listen for as long as the keys are held</translation>
    </message>
    <message>
        <source>hold_note</source>
        <translation>Letting go ends the question. After a tap, a pause does.</translation>
    </message>
    <message>
        <source>pre_roll</source>
        <translation>Hear what is said just before the key</translation>
    </message>
    <message>
        <source>pre_roll_note</source>
        <translation>Keeps the microphone on and remembers the last 0.6 s only. A dot on the tray icon shows it.</translation>
    </message>
    <message>
        <source>device_default</source>
        <translation>The system's choice</translation>
    </message>
    <message>
        <source>device_gone</source>
        <translation>{name} (not connected)</translation>
    </message>
    <message>
        <source>speaking_group</source>
        <translation>Speaking</translation>
    </message>
    <message>
        <source>voice_answers</source>
        <translation>Read answers aloud</translation>
    </message>
    <message>
        <source>voice_answers_note</source>
        <translation>Stops at the next key</translation>
    </message>
    <message>
        <source>voice_sample</source>
        <translation>앞으로 답을 이렇게 읽어 드릴게요.</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>Loudspeaker</translation>
    </message>
    <message>
        <source>speaker_fixed</source>
        <translation>This system reads on its own choice only</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>camera_try</source>
        <translation>Try the camera</translation>
    </message>
    <message>
        <source>camera_try_note</source>
        <translation>Looks at one picture and throws it away</translation>
    </message>
    <message>
        <source>camera_foot</source>
        <translation>It is on only while you ask about it</translation>
    </message>
    <message>
        <source>folders</source>
        <translation>Folders</translation>
    </message>
    <message>
        <source>folder_settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>folder_data</source>
        <translation>Models and history</translation>
    </message>
    <message>
        <source>folder_none</source>
        <translation>Nothing is saved</translation>
    </message>
    <message>
        <source>open_folder</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>when_wrong</source>
        <translation>When something is wrong</translation>
    </message>
    <message>
        <source>diagnosis</source>
        <translation>Diagnosis</translation>
    </message>
    <message>
        <source>diagnosis_note</source>
        <translation>Versions, devices, models and speed. No screens and no questions.</translation>
    </message>
    <message>
        <source>diagnosis_copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>diagnosis_runs</source>
        <translation>Examining…</translation>
    </message>
    <message>
        <source>diagnosis_copied</source>
        <translation>Copied to the clipboard</translation>
    </message>
    <message>
        <source>about_row</source>
        <translation>Version and licences</translation>
    </message>
    <message>
        <source>reset_row</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>reset_note</source>
        <translation>Models and history stay</translation>
    </message>
    <message>
        <source>reset_all</source>
        <translation>Restore first settings</translation>
    </message>
    <message>
        <source>reset_question</source>
        <translation>Restore all settings as they came?</translation>
    </message>
    <message>
        <source>history</source>
        <translation>History</translation>
    </message>
    <message>
        <source>history_title</source>
        <translation>Nunchi History</translation>
    </message>
    <message>
        <source>history_search</source>
        <translation>Search questions and answers</translation>
    </message>
    <message>
        <source>history_read_at</source>
        <translation>Read at</translation>
    </message>
    <message>
        <source>history_off</source>
        <translation>Nothing is kept</translation>
    </message>
    <message>
        <source>history_off_hint</source>
        <translation>When switched on, questions and answers stay on this machine only, with private numbers hidden.</translation>
    </message>
    <message>
        <source>history_switch</source>
        <translation>Switch it on in Settings…</translation>
    </message>
    <message>
        <source>history_empty</source>
        <translation>Nothing yet</translation>
    </message>
    <message>
        <source>history_empty_hint</source>
        <translation>What you ask from now on appears here</translation>
    </message>
    <message>
        <source>history_delete_some_question</source>
        <translation>Delete the {count} chosen entries?</translation>
    </message>
    <message>
        <source>copy_short</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>source_screen</source>
        <translation>Screen</translation>
    </message>
    <message>
        <source>source_window</source>
        <translation>Window</translation>
    </message>
    <message>
        <source>source_region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>source_camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>source_image</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>source_video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>history_nothing</source>
        <translation>Nothing was found</translation>
    </message>
    <message>
        <source>history_deleted</source>
        <translation>{count} entries deleted</translation>
    </message>
    <message>
        <source>first_run_title</source>
        <translation>Getting started with Nunchi</translation>
    </message>
    <message>
        <source>first_run_skip</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>first_run_back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>first_run_next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>first_run_end</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>first_run_later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>first_run_page</source>
        <translation>Page {number} of {count}</translation>
    </message>
    <message>
        <source>welcome</source>
        <translation>Ask about your screen</translation>
    </message>
    <message>
        <source>welcome_text</source>
        <translation>Press a key and ask: it looks, answers, and shows where it read the answer.</translation>
    </message>
    <message>
        <source>welcome_local</source>
        <translation>Nothing leaves this machine</translation>
    </message>
    <message>
        <source>welcome_local_text</source>
        <translation>Screens, voices and answers stay here. No network is needed.</translation>
    </message>
    <message>
        <source>welcome_asked</source>
        <translation>It looks and listens only when you ask</translation>
    </message>
    <message>
        <source>welcome_asked_text</source>
        <translation>Otherwise both are off. The tray shows when they are on.</translation>
    </message>
    <message>
        <source>welcome_hidden</source>
        <translation>It never looks at banks, certificates and passwords</translation>
    </message>
    <message>
        <source>welcome_hidden_text</source>
        <translation>You can add other windows in the settings.</translation>
    </message>
    <message>
        <source>try_out</source>
        <translation>Try it out</translation>
    </message>
    <message>
        <source>try_out_text</source>
        <translation>You see at once whether it works. Later is fine too.</translation>
    </message>
    <message>
        <source>try_key_wait</source>
        <translation>Press it now. Click the keys to choose others.</translation>
    </message>
    <message>
        <source>try_key_unset</source>
        <translation>Click here, then press the keys you want.</translation>
    </message>
    <message>
        <source>try_key_done</source>
        <translation>It works! This key asks in any program.</translation>
    </message>
    <message>
        <source>try_key_none</source>
        <translation>Programs cannot bind keys on this desktop. Click the tray icon to ask.</translation>
    </message>
    <message>
        <source>see_screen</source>
        <translation>Screen</translation>
    </message>
    <message>
        <source>see_screen_note</source>
        <translation>Takes one picture, looks at it and throws it away</translation>
    </message>
    <message>
        <source>see_screen_test</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>see_screen_good</source>
        <translation>It can be seen ({width} × {height})</translation>
    </message>
    <message>
        <source>first_models</source>
        <translation>A model is ready</translation>
    </message>
    <message>
        <source>first_models_text</source>
        <translation>A small one came along; of speech it understands synthetic voices only. For better answers, and to be asked aloud, get one that suits this machine.</translation>
    </message>
    <message>
        <source>first_models_missing</source>
        <translation>This installation has no model. It needs one to answer.</translation>
    </message>
    <message>
        <source>first_models_later</source>
        <translation>You can do this later under Models in the settings, and ask while one is on its way.</translation>
    </message>
    <message>
        <source>first_models_nothing</source>
        <translation>There is nothing suitable to get now.</translation>
    </message>
    <message>
        <source>about_title</source>
        <translation>About Nunchi</translation>
    </message>
    <message>
        <source>about_text</source>
        <translation>An assistant on this machine that sees the screen and answers in Korean</translation>
    </message>
    <message>
        <source>about_version</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>about_source</source>
        <translation>from source</translation>
    </message>
    <message>
        <source>about_licences</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>about_cards</source>
        <translation>Model cards</translation>
    </message>
    <message>
        <source>about_licence_none</source>
        <translation>This part came without the text of its licence.

Licence: {licence}</translation>
    </message>
    <message>
        <source>about_card_none</source>
        <translation>This model has no card.</translation>
    </message>
    <message>
        <source>about_parts</source>
        <translation>Parts</translation>
    </message>
    <message>
        <source>updates</source>
        <translation>New versions</translation>
    </message>
    <message>
        <source>updates_foot</source>
        <translation>While this is on, {host} is asked at the start and once a day whether there is a new version, and nothing else: no screen, question or setting is sent. While it is off, nothing connects.</translation>
    </message>
    <message>
        <source>updates_ask</source>
        <translation>Look for new versions</translation>
    </message>
    <message>
        <source>updates_ask_note</source>
        <translation>Nothing installs itself. What was downloaded is installed when you open it.</translation>
    </message>
    <message>
        <source>updates_row</source>
        <translation>This is version {version}</translation>
    </message>
    <message>
        <source>updates_check</source>
        <translation>Check now</translation>
    </message>
    <message>
        <source>updates_asking</source>
        <translation>Asking</translation>
    </message>
    <message>
        <source>updates_not_yet</source>
        <translation>Not asked yet</translation>
    </message>
    <message>
        <source>updates_newest</source>
        <translation>There is none newer</translation>
    </message>
    <message>
        <source>updates_there</source>
        <translation>Version {version} is there</translation>
    </message>
    <message>
        <source>updates_get</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>updates_getting</source>
        <translation>Downloading · {percent}%</translation>
    </message>
    <message>
        <source>updates_got</source>
        <translation>{file} is there. Opening it begins the installation.</translation>
    </message>
    <message>
        <source>updates_show</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <source>menu_new_version</source>
        <translation>Get version {version}…</translation>
    </message>
    <message>
        <source>new_version_told</source>
        <translation>Version {version} is there. Get it in the settings, under General.</translation>
    </message>
</context>
</TS>
