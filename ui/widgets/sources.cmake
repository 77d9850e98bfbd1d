target_sources(ui_lib PRIVATE
    widgets/actionbutton.cpp widgets/actionbutton.h
    widgets/catalogpane.cpp widgets/catalogpane.h
    widgets/confirmdialog.cpp widgets/confirmdialog.h
    widgets/copyfield.cpp widgets/copyfield.h
    widgets/elidedlabel.cpp widgets/elidedlabel.h
    widgets/emptystate.cpp widgets/emptystate.h
    widgets/errorbanner.cpp widgets/errorbanner.h
    widgets/factlist.cpp widgets/factlist.h
    widgets/keyvalueeditor.cpp widgets/keyvalueeditor.h
    widgets/pageheader.cpp widgets/pageheader.h
    widgets/portlisteditor.cpp widgets/portlisteditor.h
    widgets/resultlistdialog.cpp widgets/resultlistdialog.h
    widgets/rowlisteditor.h
    widgets/searchfield.cpp widgets/searchfield.h
    widgets/secretclipboard.cpp widgets/secretclipboard.h
    widgets/skeletonoverlay.cpp widgets/skeletonoverlay.h
    widgets/tableview.cpp widgets/tableview.h)
