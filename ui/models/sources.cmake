# The models of our own entities. What they are made of is the library ui_models.
target_sources(ui_lib PRIVATE
    models/eventwords.cpp models/eventwords.h
    models/instancemodel.cpp models/instancemodel.h
    models/instancetext.cpp models/instancetext.h)
