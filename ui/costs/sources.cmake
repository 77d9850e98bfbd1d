target_sources(ui_lib PRIVATE
    costs/costspage.cpp costs/costspage.h
    costs/costspanel.cpp costs/costspanel.h
    costs/costwords.cpp costs/costwords.h)
