target_sources(ui_lib PRIVATE
    models/producttablemodel.cpp models/producttablemodel.h
    products/pricechart.cpp products/pricechart.h
    products/productdetails.cpp products/productdetails.h
    products/productspage.cpp products/productspage.h
    products/watchdialog.cpp products/watchdialog.h
    products/watchdialogs.cpp products/watchdialogs.h)
