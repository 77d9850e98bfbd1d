target_sources(ui_lib PRIVATE
    dashboard/activityfeed.cpp dashboard/activityfeed.h
    dashboard/dashboardcharts.cpp dashboard/dashboardcharts.h
    dashboard/dashboardpage.cpp dashboard/dashboardpage.h
    dashboard/dashboardtile.cpp dashboard/dashboardtile.h
    dashboard/dashboardwords.cpp dashboard/dashboardwords.h
    dashboard/feeddelegate.cpp dashboard/feeddelegate.h
    dashboard/feedmodel.cpp dashboard/feedmodel.h)
