target_sources(ui_lib PRIVATE
    models/templatetablemodel.cpp models/templatetablemodel.h)
