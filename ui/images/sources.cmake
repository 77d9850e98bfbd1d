target_sources(ui_lib PRIVATE
    images/askserverbutton.cpp images/askserverbutton.h
    images/cancelquestion.cpp images/cancelquestion.h
    images/cellpictures.cpp images/cellpictures.h
    images/choicefields.cpp
    images/createactions.cpp images/createactions.h
    images/createform.cpp images/createform.h
    images/createformorder.cpp
    images/createformstate.cpp
    images/createobstacle.cpp images/createobstacle.h
    images/createtab.cpp images/createtab.h
    images/createtabjobs.cpp
    images/createtabparts.cpp
    images/backendpicker.cpp images/backendpicker.h
    images/endpointpicker.cpp images/endpointpicker.h
    images/fieldeditor.cpp images/fieldeditor.h
    images/fieldrows.cpp images/fieldrows.h
    images/founddetails.cpp images/founddetails.h
    images/generatebar.cpp images/generatebar.h
    images/gridaxisrow.cpp images/gridaxisrow.h
    images/griddialog.cpp images/griddialog.h
    images/gridpicture.cpp images/gridpicture.h
    images/gridplan.cpp images/gridplan.h
    images/gridsheet.cpp images/gridsheet.h
    images/gridsheetmodel.cpp images/gridsheetmodel.h
    images/imagespage.cpp images/imagespage.h
    images/importdialog.cpp images/importdialog.h
    images/importdrop.cpp images/importdrop.h
    images/importrun.cpp images/importrun.h
    images/inputpictures.cpp images/inputpictures.h
    images/jobplan.cpp images/jobplan.h
    images/jobstrip.cpp images/jobstrip.h
    images/jobstripwords.cpp
    images/listfields.cpp images/listfields.h
    images/modelfacts.cpp images/modelfacts.h
    images/modelfilters.cpp images/modelfilters.h
    images/modellistmodel.cpp images/modellistmodel.h
    images/modelpicker.cpp images/modelpicker.h
    images/modelpickerlist.cpp
    images/modelrowdelegate.cpp images/modelrowdelegate.h
    images/modelview.cpp images/modelview.h
    images/modelwords.cpp images/modelwords.h
    images/picturefield.cpp images/picturefield.h
    images/pictureplace.cpp images/pictureplace.h
    images/promptbox.cpp images/promptbox.h
    images/promptboxkept.cpp
    images/promptedit.cpp images/promptedit.h
    images/prompthistorydialog.cpp images/prompthistorydialog.h
    images/prompthistorymodel.cpp images/prompthistorymodel.h
    images/prompttools.cpp images/prompttools.h
    images/queueactions.cpp images/queueactions.h
    images/queuemodel.cpp images/queuemodel.h
    images/queuepanel.cpp images/queuepanel.h
    images/queuetab.cpp images/queuetab.h
    images/queuewords.cpp images/queuewords.h
    images/recipedraft.cpp images/recipedraft.h
    images/recipeform.cpp images/recipeform.h
    images/recipeformrows.cpp
    images/seedfield.cpp
    images/sizefield.cpp
    images/spending.cpp images/spending.h
    images/startoptions.cpp images/startoptions.h
    images/stylechoice.cpp images/stylechoice.h
    images/styleeditor.cpp images/styleeditor.h
    images/stylefiles.cpp images/stylefiles.h
    images/stylesbutton.cpp images/stylesbutton.h
    images/stylesdialog.cpp images/stylesdialog.h
    images/stylesdialogfile.cpp
    images/stylesdialogtree.cpp
    images/valuefields.cpp images/valuefields.h
    images/viewerbar.cpp images/viewerbar.h
    images/wildcardsdialog.cpp images/wildcardsdialog.h
    images/wildcardsdialoglist.cpp
    images/wildcardsource.cpp images/wildcardsource.h)
