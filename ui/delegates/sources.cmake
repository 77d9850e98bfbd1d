target_sources(ui_lib PRIVATE
    delegates/checkroomdelegate.cpp delegates/checkroomdelegate.h
    delegates/rowdelegate.cpp delegates/rowdelegate.h
    delegates/statuschip.cpp delegates/statuschip.h
    delegates/statusdelegate.cpp delegates/statusdelegate.h)
