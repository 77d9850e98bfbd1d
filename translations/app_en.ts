<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>ActionRules</name>
    <message numerus="yes">
        <source>The data of a stopped instance is kept for %n day(s), and its storage is charged.</source>
        <translation>
            <numerusform>The data of a stopped instance is kept for %n day, and its storage is charged.</numerusform>
            <numerusform>The data of a stopped instance is kept for %n days, and its storage is charged.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ActionWords</name>
    <message numerus="yes">
        <source>Start %Ln instance(s)?</source>
        <translation>
            <numerusform>Start %Ln instance?</numerusform>
            <numerusform>Start %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %Ln instance(s)?</source>
        <translation>
            <numerusform>Stop %Ln instance?</numerusform>
            <numerusform>Stop %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %Ln instance(s)?</source>
        <translation>
            <numerusform>Restart %Ln instance?</numerusform>
            <numerusform>Restart %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln instance(s)?</source>
        <translation>
            <numerusform>Delete %Ln instance?</numerusform>
            <numerusform>Delete %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln instance(s)?</source>
        <translation>
            <numerusform>Change %Ln instance?</numerusform>
            <numerusform>Change %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Clone %Ln instance(s)?</source>
        <translation>
            <numerusform>Clone %Ln instance?</numerusform>
            <numerusform>Clone %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save image of %Ln instance(s)?</source>
        <translation>
            <numerusform>Save image of %Ln instance?</numerusform>
            <numerusform>Save image of %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Upgrade %Ln instance(s)?</source>
        <translation>
            <numerusform>Upgrade %Ln instance?</numerusform>
            <numerusform>Upgrade %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Migrate %Ln instance(s)?</source>
        <translation>
            <numerusform>Migrate %Ln instance?</numerusform>
            <numerusform>Migrate %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Renew %Ln instance(s)?</source>
        <translation>
            <numerusform>Renew %Ln instance?</numerusform>
            <numerusform>Renew %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Convert %Ln instance(s) to monthly billing?</source>
        <translation>
            <numerusform>Convert %Ln instance to monthly billing?</numerusform>
            <numerusform>Convert %Ln instances to monthly billing?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set auto-renewal of %Ln instance(s)?</source>
        <translation>
            <numerusform>Set auto-renewal of %Ln instance?</numerusform>
            <numerusform>Set auto-renewal of %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set auto-migration of %Ln instance(s)?</source>
        <translation>
            <numerusform>Set auto-migration of %Ln instance?</numerusform>
            <numerusform>Set auto-migration of %Ln instances?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start %Ln instance(s)</source>
        <translation>
            <numerusform>Start %Ln instance</numerusform>
            <numerusform>Start %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %Ln instance(s)</source>
        <translation>
            <numerusform>Stop %Ln instance</numerusform>
            <numerusform>Stop %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %Ln instance(s)</source>
        <translation>
            <numerusform>Restart %Ln instance</numerusform>
            <numerusform>Restart %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln instance(s)</source>
        <translation>
            <numerusform>Delete %Ln instance</numerusform>
            <numerusform>Delete %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln instance(s)</source>
        <translation>
            <numerusform>Change %Ln instance</numerusform>
            <numerusform>Change %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Clone %Ln instance(s)</source>
        <translation>
            <numerusform>Clone %Ln instance</numerusform>
            <numerusform>Clone %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save image of %Ln instance(s)</source>
        <translation>
            <numerusform>Save image of %Ln instance</numerusform>
            <numerusform>Save image of %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Upgrade %Ln instance(s)</source>
        <translation>
            <numerusform>Upgrade %Ln instance</numerusform>
            <numerusform>Upgrade %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Migrate %Ln instance(s)</source>
        <translation>
            <numerusform>Migrate %Ln instance</numerusform>
            <numerusform>Migrate %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Renew %Ln instance(s)</source>
        <translation>
            <numerusform>Renew %Ln instance</numerusform>
            <numerusform>Renew %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Convert %Ln instance(s) to monthly billing</source>
        <translation>
            <numerusform>Convert %Ln instance to monthly billing</numerusform>
            <numerusform>Convert %Ln instances to monthly billing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set auto-renewal of %Ln instance(s)</source>
        <translation>
            <numerusform>Set auto-renewal of %Ln instance</numerusform>
            <numerusform>Set auto-renewal of %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set auto-migration of %Ln instance(s)</source>
        <translation>
            <numerusform>Set auto-migration of %Ln instance</numerusform>
            <numerusform>Set auto-migration of %Ln instances</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchWords</name>
    <message numerus="yes">
        <source>%n instance(s)</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The price of %n row(s) is not known.</source>
        <translation>
            <numerusform>The price of %n row is not known.</numerusform>
            <numerusform>The price of %n rows is not known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being created</source>
        <translation>
            <numerusform>%n being created</numerusform>
            <numerusform>%n being created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not begun</source>
        <translation>
            <numerusform>%n not begun</numerusform>
            <numerusform>%n not begun</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown</source>
        <translation>
            <numerusform>%n unknown</numerusform>
            <numerusform>%n unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n canceled</source>
        <translation>
            <numerusform>%n canceled</numerusform>
            <numerusform>%n canceled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create %n instance(s) in production?</source>
        <translation>
            <numerusform>Create %n instance in production?</numerusform>
            <numerusform>Create %n instances in production?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create %n instance(s)</source>
        <translation>
            <numerusform>Create %n instance</numerusform>
            <numerusform>Create %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create %n instance(s) again?</source>
        <translation>
            <numerusform>Create %n instance again?</numerusform>
            <numerusform>Create %n instances again?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatWords</name>
    <message numerus="yes">
        <source>So far: %1 · %2, and %Ln answer(s) of unknown price</source>
        <comment>tokens, price</comment>
        <translation>
            <numerusform>So far: %1 · %2, and %Ln answer of unknown price</numerusform>
            <numerusform>So far: %1 · %2, and %Ln answers of unknown price</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CostWords</name>
    <message numerus="yes">
        <source>%n instance(s) whose price is not known</source>
        <translation>
            <numerusform>%n instance whose price is not known</numerusform>
            <numerusform>%n instances whose price is not known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) or volume(s), since %1</source>
        <translation>
            <numerusform>%n instance or volume, since %1</numerusform>
            <numerusform>%n instances or volumes, since %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DashboardWords</name>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changing</source>
        <translation>
            <numerusform>%Ln changing</numerusform>
            <numerusform>%Ln changing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stopped</source>
        <translation>
            <numerusform>%Ln stopped</numerusform>
            <numerusform>%Ln stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>without %Ln of unknown price</source>
        <translation>
            <numerusform>without %Ln of unknown price</numerusform>
            <numerusform>without %Ln of unknown price</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused</source>
        <comment>so many deliveries</comment>
        <translation>
            <numerusform>%Ln refused</numerusform><numerusform>%Ln refused</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln limited</source>
        <comment>so many deliveries</comment>
        <translation>
            <numerusform>%Ln limited</numerusform><numerusform>%Ln limited</numerusform></translation>
    </message>
</context>
<context>
    <name>InstanceConfirm</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected instance(s) left out: %1</source>
        <translation>
            <numerusform>%Ln selected instance left out: %1</numerusform>
            <numerusform>%Ln selected instances left out: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln model</numerusform>
            <numerusform>%Ln models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResourceVerdicts</name>
    <message numerus="yes">
        <source>The account may have %Ln prewarm task(s), and has them. Delete one first.</source>
        <translation>
            <numerusform>The account may have %Ln prewarm task, and has them. Delete one first.</numerusform>
            <numerusform>The account may have %Ln prewarm tasks, and has them. Delete one first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Resources</name>
    <message numerus="yes">
        <source>“%1”, “%2” and %Ln other(s) use it.</source>
        <translation>
            <numerusform>“%1”, “%2” and %Ln other use it.</numerusform>
            <numerusform>“%1”, “%2” and %Ln others use it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServerWords</name>
    <message numerus="yes">
        <source>It answers: %n checkpoint(s)</source>
        <translation>
            <numerusform>It answers: %n checkpoint</numerusform>
            <numerusform>It answers: %n checkpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sampler(s)</source>
        <translation>
            <numerusform>%n sampler</numerusform>
            <numerusform>%n samplers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>Rate limit: %n action(s) wait</source>
        <translation>
            <numerusform>Rate limit: %n action waits</numerusform>
            <numerusform>Rate limit: %n actions wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rate limit: %n request(s) wait</source>
        <translation>
            <numerusform>Rate limit: %n request waits</numerusform>
            <numerusform>Rate limit: %n requests wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The service asked for a pause: %n action(s) wait</source>
        <translation>
            <numerusform>The service asked for a pause: %n action waits</numerusform>
            <numerusform>The service asked for a pause: %n actions wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n action(s) will be tried again</source>
        <translation>
            <numerusform>%n action will be tried again</numerusform>
            <numerusform>%n actions will be tried again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) waiting</source>
        <translation>
            <numerusform>%n request waiting</numerusform>
            <numerusform>%n requests waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the wire.</source>
        <translation>
            <numerusform>%n on the wire.</numerusform>
            <numerusform>%n on the wire.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Without %n instance(s) whose price is not known.</source>
        <translation>
            <numerusform>Without %n instance whose price is not known.</numerusform>
            <numerusform>Without %n instances whose price is not known.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagList</name>
    <message numerus="yes">
        <source>A tag may have at most %n character(s).</source>
        <translation>
            <numerusform>A tag may have at most %n character.</numerusform>
            <numerusform>A tag may have at most %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There may be at most %n tag(s).</source>
        <translation>
            <numerusform>There may be at most %n tag.</numerusform>
            <numerusform>There may be at most %n tags.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changing</source>
        <translation>
            <numerusform>%Ln changing</numerusform>
            <numerusform>%Ln changing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stopped</source>
        <translation>
            <numerusform>%Ln stopped</numerusform>
            <numerusform>%Ln stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ActionDialog</name>
    <message numerus="yes">
        <source>%Ln selected instance(s) left out, as the action does not fit them.</source>
        <translation>
            <numerusform>%Ln selected instance left out, as the action does not fit them.</numerusform>
            <numerusform>%Ln selected instances left out, as the action does not fit them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::AnswerFormEdit</name>
    <message numerus="yes">
        <source>%Ln property(ies)</source>
        <comment>of a JSON schema</comment>
        <translation>
            <numerusform>%Ln property</numerusform>
            <numerusform>%Ln properties</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1”, %Ln property(ies)</source>
        <comment>of a JSON schema</comment>
        <translation>
            <numerusform>“%1”, %Ln property</numerusform>
            <numerusform>“%1”, %Ln properties</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::BalanceWatch</name>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::BatchDialog</name>
    <message numerus="yes">
        <source>%n more problem(s) in the table above.</source>
        <translation>
            <numerusform>%n more problem in the table above.</numerusform>
            <numerusform>%n more problems in the table above.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) to put right or to leave out</source>
        <translation>
            <numerusform>%n row to put right or to leave out</numerusform>
            <numerusform>%n rows to put right or to leave out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create %n instance(s)</source>
        <translation>
            <numerusform>Create %n instance</numerusform>
            <numerusform>Create %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume: create %n instance(s)</source>
        <translation>
            <numerusform>Resume: create %n instance</numerusform>
            <numerusform>Resume: create %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave out %n row(s) with problems</source>
        <translation>
            <numerusform>Leave out %n row with problems</numerusform>
            <numerusform>Leave out %n rows with problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::BatchModel</name>
    <message numerus="yes">
        <source>%1 for %n month(s)</source>
        <extracomment>a price, for how many months</extracomment>
        <translation>
            <numerusform>%1 for %n month</numerusform>
            <numerusform>%1 for %n months</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::BatchRuns</name>
    <message numerus="yes">
        <source>%n instance(s): %1</source>
        <translation>
            <numerusform>%n instance: %1</numerusform>
            <numerusform>%n instances: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::CompareDialog</name>
    <message numerus="yes">
        <source>%n setting(s) differ</source>
        <translation>
            <numerusform>%n setting differs</numerusform>
            <numerusform>%n settings differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compare %n picture(s)</source>
        <translation>
            <numerusform>Compare %n picture</numerusform>
            <numerusform>Compare %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ConfigurationTab</name>
    <message numerus="yes">
        <source>%n day(s) after a stop</source>
        <translation>
            <numerusform>%n day after a stop</numerusform>
            <numerusform>%n days after a stop</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ConversationView</name>
    <message numerus="yes">
        <source>%Ln earlier message(s) are not shown here. The model is still told of them, and an export has them.</source>
        <translation>
            <numerusform>%Ln earlier message is not shown here. The model is still told of it, and an export has it.</numerusform>
            <numerusform>%Ln earlier messages are not shown here. The model is still told of them, and an export has them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::CreateTab</name>
    <message numerus="yes">
        <source>%n job(s) will be sent.</source>
        <translation>
            <numerusform>%n job will be sent.</numerusform>
            <numerusform>%n jobs will be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::CreateWizard</name>
    <message numerus="yes">
        <source>%n problem(s) to put right</source>
        <translation>
            <numerusform>%n problem to put right</numerusform>
            <numerusform>%n problems to put right</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::DeliveryActions</name>
    <message numerus="yes">
        <source>%n byte(s) saved as %1.</source>
        <translation>
            <numerusform>%n byte saved as %1.</numerusform>
            <numerusform>%n bytes saved as %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::DeliveryDetails</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::EventsTab</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n event(s)</source>
        <translation>
            <numerusform>%1 of %n event</numerusform>
            <numerusform>%1 of %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ExportAction</name>
    <message numerus="yes">
        <source>%Ln row(s) were saved to %1.</source>
        <translation>
            <numerusform>%Ln row were saved to %1.</numerusform>
            <numerusform>%Ln rows were saved to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::GalleryActions</name>
    <message numerus="yes">
        <source>Tags can be put on up to %Ln picture(s) at once.</source>
        <translation>
            <numerusform>Tags can be put on %Ln picture at once.</numerusform>
            <numerusform>Tags can be put on up to %Ln pictures at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::PictureCommands</name>
    <message numerus="yes">
        <source>%Ln picture(s) moved to the trash.</source>
        <translation>
            <numerusform>%Ln picture moved to the trash.</numerusform>
            <numerusform>%Ln pictures moved to the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln picture(s) for good?</source>
        <translation>
            <numerusform>Delete %Ln picture for good?</numerusform>
            <numerusform>Delete %Ln pictures for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln picture(s)</source>
        <translation>
            <numerusform>Delete %Ln picture</numerusform>
            <numerusform>Delete %Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be deleted.</source>
        <translation>
            <numerusform>%Ln file could not be deleted.</numerusform>
            <numerusform>%Ln files could not be deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::PictureTakeout</name>
    <message numerus="yes">
        <source>%Ln picture(s) are being written…</source>
        <translation>
            <numerusform>%Ln picture is being written…</numerusform>
            <numerusform>%Ln pictures are being written…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) were written to %1.</source>
        <translation>
            <numerusform>%Ln picture was written to %1.</numerusform>
            <numerusform>%Ln pictures were written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) could not be written to %1: %2</source>
        <translation>
            <numerusform>%Ln picture could not be written to %1: %2</numerusform>
            <numerusform>%Ln pictures could not be written to %1: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The clipboard takes up to %Ln picture(s). Export them instead.</source>
        <translation>
            <numerusform>The clipboard takes %Ln picture. Export them instead.</numerusform>
            <numerusform>The clipboard takes up to %Ln pictures. Export them instead.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) on the clipboard.</source>
        <translation>
            <numerusform>%Ln picture is on the clipboard.</numerusform>
            <numerusform>%Ln pictures are on the clipboard.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The files of %Ln picture(s) are not there any more.</source>
        <translation>
            <numerusform>The file of %Ln picture is not there any more.</numerusform>
            <numerusform>The files of %Ln pictures are not there any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ExportDialog</name>
    <message numerus="yes">
        <source>Export %Ln picture(s)</source>
        <translation>
            <numerusform>Export %Ln picture</numerusform>
            <numerusform>Export %Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ImageServerBox</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ImagesPage</name>
    <message numerus="yes">
        <source>%Ln picture(s) added.</source>
        <translation>
            <numerusform>%Ln picture added.</numerusform>
            <numerusform>%Ln pictures added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::GalleryTab</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <comment>pictures</comment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) in the trash</source>
        <translation>
            <numerusform>%Ln picture in the trash</numerusform>
            <numerusform>%Ln pictures in the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln starred</source>
        <comment>pictures</comment>
        <translation>
            <numerusform>%Ln starred</numerusform>
            <numerusform>%Ln starred</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln picture(s)</source>
        <translation>
            <numerusform>%1 of %Ln picture</numerusform>
            <numerusform>%1 of %Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::GifPlayer</name>
    <message numerus="yes">
        <source>Only the first %n frames are played: more would take too much memory.</source>
        <translation>
            <numerusform>Only the first %n frame is played: more would take too much memory.</numerusform>
            <numerusform>Only the first %n frames are played: more would take too much memory.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::GridDialog</name>
    <message numerus="yes">
        <source>%Ln pictures</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln jobs</source>
        <translation>
            <numerusform>%Ln job</numerusform>
            <numerusform>%Ln jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ImageStep</name>
    <message numerus="yes">
        <source>%n port(s)</source>
        <translation>
            <numerusform>%n port</numerusform>
            <numerusform>%n ports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n variable(s)</source>
        <translation>
            <numerusform>%n variable</numerusform>
            <numerusform>%n variables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::InboxBar</name>
    <message numerus="yes">
        <source>More than %Ln new</source>
        <translation>
            <numerusform>More than %Ln new</numerusform>
            <numerusform>More than %Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::InboxList</name>
    <message numerus="yes">
        <source>%Ln delivery(s)</source>
        <translation>
            <numerusform>%Ln delivery</numerusform>
            <numerusform>%Ln deliveries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivery(s) found</source>
        <translation>
            <numerusform>%Ln delivery found</numerusform>
            <numerusform>%Ln deliveries found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivery(s) found, looking for more…</source>
        <translation>
            <numerusform>%Ln delivery found, looking for more…</numerusform>
            <numerusform>%Ln deliveries found, looking for more…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %Ln delivery(s) found</source>
        <translation>
            <numerusform>More than %Ln delivery found</numerusform>
            <numerusform>More than %Ln deliveries found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>These are the newest %Ln. A filter finds older ones.</source>
        <translation>
            <numerusform>These are the newest %Ln. A filter finds older ones.</numerusform>
            <numerusform>These are the newest %Ln. A filter finds older ones.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::JobStrip</name>
    <message numerus="yes">
        <source>%n job(s) done</source>
        <translation>
            <numerusform>%n job done</numerusform>
            <numerusform>%n jobs done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) wait</source>
        <translation>
            <numerusform>%n job waits</numerusform>
            <numerusform>%n jobs wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::LocalApiBox</name>
    <message numerus="yes">
        <source>The token is on the clipboard for %n second(s).</source>
        <translation>
            <numerusform>The token is on the clipboard for %n second.</numerusform>
            <numerusform>The token is on the clipboard for %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At least %n character(s)</source>
        <translation>
            <numerusform>At least %n character</numerusform>
            <numerusform>At least %n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::LogTab</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n line(s)</source>
        <translation>
            <numerusform>%1 of %n line</numerusform>
            <numerusform>%1 of %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::LogsTab</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) found</source>
        <translation>
            <numerusform>%Ln place found</numerusform>
            <numerusform>%Ln places found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ModelList</name>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln model</numerusform>
            <numerusform>%Ln models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ModelPicker</name>
    <message numerus="yes">
        <source>%Ln model(s) hidden by the filters</source>
        <translation>
            <numerusform>%Ln model hidden by the filters</numerusform>
            <numerusform>%Ln models hidden by the filters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::NotificationCards</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <comment>notifications</comment>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::NotificationCenter</name>
    <message numerus="yes">
        <source>%Ln instances are ready</source>
        <translation>
            <numerusform>%Ln instance is ready</numerusform>
            <numerusform>%Ln instances are ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln instances did not get ready</source>
        <translation>
            <numerusform>%Ln instance did not get ready</numerusform>
            <numerusform>%Ln instances did not get ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln instances are late</source>
        <translation>
            <numerusform>%Ln instance is late</numerusform>
            <numerusform>%Ln instances are late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln spot instances are called back</source>
        <translation>
            <numerusform>%Ln spot instance is called back</numerusform>
            <numerusform>%Ln spot instances are called back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notices about the balance</source>
        <translation>
            <numerusform>%Ln notice about the balance</numerusform>
            <numerusform>%Ln notices about the balance</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notices of the idle guard</source>
        <translation>
            <numerusform>%Ln notice of the idle guard</numerusform>
            <numerusform>%Ln notices of the idle guard</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notices of schedules</source>
        <translation>
            <numerusform>%Ln notice of schedules</numerusform>
            <numerusform>%Ln notices of schedules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln jobs have ended</source>
        <translation>
            <numerusform>%Ln job has ended</numerusform>
            <numerusform>%Ln jobs have ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln batches have ended</source>
        <translation>
            <numerusform>%Ln batch has ended</numerusform>
            <numerusform>%Ln batches have ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln watched products have news</source>
        <translation>
            <numerusform>%Ln watched product has news</numerusform>
            <numerusform>%Ln watched products have news</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notices of the webhook receiver</source>
        <translation>
            <numerusform>%Ln notice of the webhook receiver</numerusform>
            <numerusform>%Ln notices of the webhook receiver</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notices of webhook rules</source>
        <translation>
            <numerusform>%Ln notice of webhook rules</numerusform>
            <numerusform>%Ln notices of webhook rules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::OperationBoard</name>
    <message numerus="yes">
        <source>%1 of %n created</source>
        <translation>
            <numerusform>%1 of %n created</numerusform>
            <numerusform>%1 of %n created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not begun</source>
        <translation>
            <numerusform>%n not begun</numerusform>
            <numerusform>%n not begun</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::OperationsTab</name>
    <message numerus="yes">
        <source>%1 running, %n in all</source>
        <translation>
            <numerusform>%1 running, %n in all</numerusform>
            <numerusform>%1 running, %n in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::OutgoingTab</name>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <comment>webhooks</comment>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many webhooks were waiting: %Ln of the oldest were not sent.</source>
        <translation>
            <numerusform>Too many webhooks were waiting: %Ln of the oldest was not sent.</numerusform>
            <numerusform>Too many webhooks were waiting: %Ln of the oldest were not sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::PricePanel</name>
    <message numerus="yes">
        <source>No price is listed for %n month(s).</source>
        <translation>
            <numerusform>No price is listed for %n month.</numerusform>
            <numerusform>No price is listed for %n months.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 × %n GPU(s), listed for a term of</source>
        <translation>
            <numerusform>%1 × %n GPU, listed for a term of</numerusform>
            <numerusform>%1 × %n GPUs, listed for a term of</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 × %n GPU(s)</source>
        <translation>
            <numerusform>%1 × %n GPU</numerusform>
            <numerusform>%1 × %n GPUs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ProductDetails</name>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ProductTableModel</name>
    <message numerus="yes">
        <source>%1 (%n month(s))</source>
        <translation>
            <numerusform>%1 (%n month)</numerusform>
            <numerusform>%1 (%n months)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::RequestsTab</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n request(s)</source>
        <translation>
            <numerusform>%1 of %n request</numerusform>
            <numerusform>%1 of %n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::RestoreDialog</name>
    <message numerus="yes">
        <source>%n field(s) change:</source>
        <translation>
            <numerusform>%n field changes:</numerusform>
            <numerusform>%n fields change:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ResultListDialog</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n canceled</source>
        <translation>
            <numerusform>%n canceled</numerusform>
            <numerusform>%n canceled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown</source>
        <translation>
            <numerusform>%n unknown</numerusform>
            <numerusform>%n unknown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::ReviewStep</name>
    <message numerus="yes">
        <source>%n variable(s)</source>
        <translation>
            <numerusform>%n variable</numerusform>
            <numerusform>%n variables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::RuleDialog</name>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::Scheduler</name>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::SchemaDialog</name>
    <message numerus="yes">
        <source>The schema can be sent; it names %Ln property(ies).</source>
        <translation>
            <numerusform>The schema can be sent; it names %Ln property.</numerusform>
            <numerusform>The schema can be sent; it names %Ln properties.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::StartupTab</name>
    <message numerus="yes">
        <source>Usually ready after %1 (median of %Ln starts)</source>
        <translation>
            <numerusform>Usually ready after %1 (median of %Ln start)</numerusform>
            <numerusform>Usually ready after %1 (median of %Ln starts)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::TermForm</name>
    <message numerus="yes">
        <source>unknown: nothing is listed for %n month(s)</source>
        <translation>
            <numerusform>unknown: nothing is listed for %n month</numerusform>
            <numerusform>unknown: nothing is listed for %n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, and that of %n more instance(s) is unknown</source>
        <translation>
            <numerusform>%1, and that of %n more instance is unknown</numerusform>
            <numerusform>%1, and that of %n more instances is unknown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::WebhookHints</name>
    <message numerus="yes">
        <source>%n more webhook deliveries had something new; they are in the inbox.</source>
        <translation>
            <numerusform>%n more webhook delivery had something new; it is in the inbox.</numerusform>
            <numerusform>%n more webhook deliveries had something new; they are in the inbox.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::WebhookSecretBox</name>
    <message numerus="yes">
        <source>Copied. It leaves the clipboard by itself after %n seconds.</source>
        <translation>
            <numerusform>Copied. It leaves the clipboard by itself after %n second.</numerusform>
            <numerusform>Copied. It leaves the clipboard by itself after %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>novita::GenerateBar</name>
    <message numerus="yes">
        <source>Makes %Ln job(s).</source>
        <translation>
            <numerusform>Makes %Ln job.</numerusform>
            <numerusform>Makes %Ln jobs.</numerusform>
        </translation>
    </message>
</context>
</TS>
