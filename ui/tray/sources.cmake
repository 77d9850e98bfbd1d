target_sources(ui_lib PRIVATE
    tray/tray.cpp tray/tray.h
    tray/trayarea.h
    tray/trayicon.cpp tray/trayicon.h
    tray/traywords.cpp tray/traywords.h)
