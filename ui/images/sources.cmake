target_sources(ui_lib PRIVATE
    images/cancelquestion.cpp images/cancelquestion.h
    images/createform.cpp images/createform.h
    images/createobstacle.cpp images/createobstacle.h
    images/createtab.cpp images/createtab.h
    images/endpointpicker.cpp images/endpointpicker.h
    images/fieldeditor.cpp images/fieldeditor.h
    images/fieldrows.cpp images/fieldrows.h
    images/generatebar.cpp images/generatebar.h
    images/imagespage.cpp images/imagespage.h
    images/inputpictures.cpp images/inputpictures.h
    images/jobplan.cpp images/jobplan.h
    images/jobstrip.cpp images/jobstrip.h
    images/listfields.cpp images/listfields.h
    images/picturefield.cpp images/picturefield.h
    images/pictureplace.cpp images/pictureplace.h
    images/promptbox.cpp images/promptbox.h
    images/promptedit.cpp images/promptedit.h
    images/queueactions.cpp images/queueactions.h
    images/queuemodel.cpp images/queuemodel.h
    images/queuepanel.cpp images/queuepanel.h
    images/queuewords.cpp images/queuewords.h
    images/queuetab.cpp images/queuetab.h
    images/recipedraft.cpp images/recipedraft.h
    images/recipeform.cpp images/recipeform.h
    images/seedfield.cpp
    images/sizefield.cpp
    images/valuefields.cpp images/valuefields.h)
