# Every icon of the interface: names of Breeze (Debian breeze-icon-theme). Theme::icon() knows exactly these.
set(NOVITA_ICON_NAMES
    application-menu arrow-down arrow-right arrow-up checkmark clock configure dashboard-show dialog-close dialog-messages dialog-ok-apply dialog-scripts
    document-edit document-export document-new-from-template document-properties document-save download draw-cuboid edit-clear
    edit-copy edit-delete edit-find edit-rename error globe go-next go-previous help-about help-contents help-hint
    internet-services list-add list-remove mail-receive media-playback-pause media-playback-start media-playback-stop network-server
    object-locked object-unlocked offline online password-show-off password-show-on question settings-configure system-reboot
    swap-panels system-run system-suspend tag template transform-move user-identity user-trash view-calendar-timeline
    view-filter view-grid view-history view-list-details view-list-icons view-process-system view-refresh view-sort view-task
    office-chart-bar viewlog window-close window-duplicate emblem-important emblem-warning emblem-information
    draw-brush draw-eraser edit-undo edit-redo invertimage fill-color document-import zoom-fit-best
    media-skip-backward media-skip-forward media-playlist-repeat audio-volume-muted audio-volume-high
    viewimage favorite view-split-left-right image-missing rating document-open-folder)

set(NOVITA_ICON_ROOT /usr/share/icons CACHE PATH "Where the icon themes breeze and breeze-dark are installed")

# novita_icon_resource(out): writes a .qrc with the program's own icon as :/icons/novita-console.svg and the needed files of
# both sets at 16 and 22 px as :/icons/<set>/<size>/<name>.svg.
function(novita_icon_resource out)
    set(rows "    <file alias=\"novita-console.svg\">${CMAKE_SOURCE_DIR}/resources/icons/novita-console.svg</file>\n")
    foreach(theme breeze breeze-dark)
        string(REPLACE "breeze-dark" "dark" set "${theme}")
        string(REPLACE "breeze" "light" set "${set}")
        foreach(name IN LISTS NOVITA_ICON_NAMES)
            set(found FALSE)
            foreach(size 16 22)
                foreach(kind actions status places devices apps preferences emblems)
                    set(file "${NOVITA_ICON_ROOT}/${theme}/${kind}/${size}/${name}.svg")
                    if(EXISTS "${file}")
                        file(REAL_PATH "${file}" file)
                        string(APPEND rows "    <file alias=\"${set}/${size}/${name}.svg\">${file}</file>\n")
                        set(found TRUE)
                        break()
                    endif()
                endforeach()
            endforeach()
            if(NOT found)
                message(FATAL_ERROR "Icon '${name}' is in neither size of ${NOVITA_ICON_ROOT}/${theme}: install breeze-icon-theme or mend resources/icons.cmake")
            endif()
        endforeach()
    endforeach()
    set(qrc "${CMAKE_CURRENT_BINARY_DIR}/icons.qrc")
    file(CONFIGURE OUTPUT "${qrc}" CONTENT "<RCC>\n  <qresource prefix=\"/icons\">\n@rows@  </qresource>\n</RCC>\n" @ONLY)
    set(${out} "${qrc}" PARENT_SCOPE)
endfunction()
