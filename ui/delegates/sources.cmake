target_sources(ui_lib PRIVATE
    delegates/rowdelegate.cpp delegates/rowdelegate.h
    delegates/statuschip.cpp delegates/statuschip.h
    delegates/statusdelegate.cpp delegates/statusdelegate.h)
