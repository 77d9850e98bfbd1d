target_sources(ui_lib PRIVATE
    gallery/comparedialog.cpp gallery/comparedialog.h
    gallery/comparedialogpanes.cpp
    gallery/comparepane.cpp gallery/comparepane.h
    gallery/currentpicture.cpp gallery/currentpicture.h
    gallery/exportdialog.cpp gallery/exportdialog.h
    gallery/exportname.cpp gallery/exportname.h
    gallery/filedrag.cpp gallery/filedrag.h
    gallery/filmbar.cpp gallery/filmbar.h
    gallery/filmfile.cpp gallery/filmfile.h
    gallery/filmposters.cpp gallery/filmposters.h
    gallery/filmtime.cpp gallery/filmtime.h
    gallery/galleryactiondialogs.cpp
    gallery/galleryactions.cpp gallery/galleryactions.h
    gallery/gallerybar.cpp gallery/gallerybar.h
    gallery/gallerymodel.cpp gallery/gallerymodel.h
    gallery/gallerymodelmerge.cpp
    gallery/gallerynews.cpp gallery/gallerynews.h
    gallery/gallerypainter.cpp gallery/gallerypainter.h
    gallery/gallerystage.cpp gallery/gallerystage.h
    gallery/gallerytab.cpp gallery/gallerytab.h
    gallery/gallerytabparts.cpp
    gallery/gallerytabstate.cpp
    gallery/gallerytrouble.cpp gallery/gallerytrouble.h
    gallery/galleryview.cpp gallery/galleryview.h
    gallery/galleryviewinput.cpp
    gallery/galleryviewpaint.cpp
    gallery/galleryviewselection.cpp
    gallery/gifplayer.cpp gallery/gifplayer.h
    gallery/gridgeometry.cpp gallery/gridgeometry.h
    gallery/parameterdiff.cpp gallery/parameterdiff.h
    gallery/picturecommands.cpp gallery/picturecommands.h
    gallery/picturedetails.cpp gallery/picturedetails.h
    gallery/picturedetailswords.cpp
    gallery/pictureexport.cpp gallery/pictureexport.h
    gallery/pictureload.cpp gallery/pictureload.h
    gallery/picturetakeout.cpp gallery/picturetakeout.h
    gallery/pictureviewer.cpp gallery/pictureviewer.h
    gallery/pictureviewerfilm.cpp
    gallery/pictureviewerload.cpp
    gallery/recipewords.cpp gallery/recipewords.h
    gallery/restoredialog.cpp gallery/restoredialog.h
    gallery/restorepart.h
    gallery/restoreplan.cpp gallery/restoreplan.h
    gallery/showinfolder.cpp gallery/showinfolder.h
    gallery/thumbnailloader.cpp gallery/thumbnailloader.h
    gallery/worddiff.cpp gallery/worddiff.h
    gallery/wrappedtext.cpp gallery/wrappedtext.h
    gallery/zoombar.cpp gallery/zoombar.h
    gallery/zoomview.cpp gallery/zoomview.h
    gallery/zoomviewaccess.cpp gallery/zoomviewaccess.h
    gallery/zoomviewinput.cpp
    gallery/zoomviewpaint.cpp)

# A library of its own, so that nothing else is compiled with Qt Multimedia.
house_library(ui_films SOURCES gallery/filmplayer.cpp gallery/filmplayer.h gallery/filmposter.h LIBS core_base Qt6::Gui)
target_link_libraries(ui_lib PRIVATE ui_films)
if(TARGET Qt6::Multimedia)
    target_sources(ui_films PRIVATE
        gallery/filmbackend.cpp gallery/filmbackend.h
        gallery/videoframe.cpp gallery/videoframe.h
        gallery/videoplayer.cpp gallery/videoplayer.h
        gallery/videoposter.cpp gallery/videoposter.h)
    target_link_libraries(ui_films PRIVATE Qt6::Multimedia)
else()
    target_sources(ui_films PRIVATE gallery/novideoplayer.cpp)
endif()
