target_sources(ui_lib PRIVATE
    models/entitytablemodel.cpp models/entitytablemodel.h
    models/instancemodel.cpp models/instancemodel.h
    models/instancetext.cpp models/instancetext.h
    models/naturalsort.cpp models/naturalsort.h
    models/recordtablemodel.h
    models/roles.h
    models/rowdiff.cpp models/rowdiff.h
    models/rowfilter.cpp models/rowfilter.h)
