target_sources(ui_lib PRIVATE
    images/fieldeditor.cpp images/fieldeditor.h
    images/fieldrows.cpp images/fieldrows.h
    images/inputpictures.cpp images/inputpictures.h
    images/listfields.cpp images/listfields.h
    images/picturefield.cpp images/picturefield.h
    images/recipeform.cpp images/recipeform.h
    images/seedfield.cpp
    images/sizefield.cpp
    images/valuefields.cpp images/valuefields.h)
