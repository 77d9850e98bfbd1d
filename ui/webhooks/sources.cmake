target_sources(ui_lib PRIVATE
    webhooks/bodyview.cpp webhooks/bodyview.h
    webhooks/deliveryactions.cpp webhooks/deliveryactions.h
    webhooks/deliverydetails.cpp webhooks/deliverydetails.h
    webhooks/deliverymodel.cpp webhooks/deliverymodel.h
    webhooks/deliverytext.cpp webhooks/deliverytext.h
    webhooks/deliverywords.cpp webhooks/deliverywords.h
    webhooks/editreplaydialog.cpp webhooks/editreplaydialog.h
    webhooks/forwarddialog.cpp webhooks/forwarddialog.h
    webhooks/inboxempty.cpp webhooks/inboxempty.h
    webhooks/inboxtab.cpp webhooks/inboxtab.h
    webhooks/receiverstrip.cpp webhooks/receiverstrip.h
    webhooks/signaturebox.cpp webhooks/signaturebox.h
    webhooks/testreport.cpp webhooks/testreport.h
    webhooks/webhookspage.cpp webhooks/webhookspage.h
    webhooks/webhookstab.h)
