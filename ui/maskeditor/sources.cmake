target_sources(ui_lib PRIVATE
    maskeditor/brushstroke.cpp maskeditor/brushstroke.h
    maskeditor/maskbacking.cpp maskeditor/maskbacking.h
    maskeditor/maskcanvas.cpp maskeditor/maskcanvas.h
    maskeditor/maskdialog.cpp maskeditor/maskdialog.h
    maskeditor/maskfiles.cpp maskeditor/maskfiles.h
    maskeditor/maskhistory.cpp maskeditor/maskhistory.h
    maskeditor/maskimage.cpp maskeditor/maskimage.h
    maskeditor/maskpanel.cpp maskeditor/maskpanel.h
    maskeditor/maskrequest.h
    maskeditor/maskview.cpp maskeditor/maskview.h
    maskeditor/maskviewaccess.cpp maskeditor/maskviewaccess.h
    maskeditor/maskviewinput.cpp
    maskeditor/maskviewport.cpp maskeditor/maskviewport.h
    maskeditor/picturelevels.cpp maskeditor/picturelevels.h)
target_link_libraries(ui_lib PUBLIC core_imagefile)
