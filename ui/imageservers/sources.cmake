target_sources(ui_lib PRIVATE
    imageservers/imageserverbox.cpp imageservers/imageserverbox.h
    imageservers/serverdialog.cpp imageservers/serverdialog.h
    imageservers/servereditor.cpp imageservers/servereditor.h
    imageservers/serverwords.cpp imageservers/serverwords.h)
