target_sources(ui_lib PRIVATE
    settings/imagefolders.cpp settings/imagefolders.h
    settings/keyedsetting.h
    settings/linesettings.cpp settings/linesettings.h
    settings/localapibox.cpp settings/localapibox.h
    settings/profileform.cpp settings/profileform.h
    settings/profilekeybox.cpp settings/profilekeybox.h
    settings/profilessection.cpp settings/profilessection.h
    settings/settingeditor.cpp settings/settingeditor.h
    settings/settingeditors.cpp settings/settingeditors.h
    settings/settingspage.cpp settings/settingspage.h
    settings/settingssection.cpp settings/settingssection.h
    settings/settingssections.cpp settings/settingssections.h
    settings/settingnumber.cpp settings/settingnumber.h
    settings/settingtexts.cpp settings/settingtexts.h
    settings/settingchecks.cpp settings/settingchecks.h
    settings/webhooksecretbox.cpp settings/webhooksecretbox.h
    settings/webhooksettings.cpp settings/webhooksettings.h)
