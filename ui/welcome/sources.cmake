target_sources(ui_lib PRIVATE
    welcome/connectform.cpp welcome/connectform.h
    welcome/welcomepage.cpp welcome/welcomepage.h)
