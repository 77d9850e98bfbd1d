target_sources(ui_lib PRIVATE
    batch/batchdialog.cpp batch/batchdialog.h
    batch/batchmodel.cpp batch/batchmodel.h
    batch/batchsource.cpp batch/batchsource.h
    batch/batchvalues.cpp batch/batchvalues.h
    batch/batchwords.cpp batch/batchwords.h)
