target_sources(ui_lib PRIVATE
    models/templatetablemodel.cpp models/templatetablemodel.h
    templates/templatedetails.cpp templates/templatedetails.h
    templates/templatespage.cpp templates/templatespage.h)
