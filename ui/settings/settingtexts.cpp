// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingtexts.h"

#include "core/settings/settingskeys.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace novita {

namespace {

struct TextRow
{
    QLatin1String key;
    const char *label;
    const char *help;
};

struct ChoiceRow
{
    QLatin1String key;
    QLatin1String choice;
    const char *label;
};

#define SETTING_TEXT(text) QT_TRANSLATE_NOOP("SettingTexts", text)

const std::array<TextRow, 60> &textRows()
{
    static const std::array<TextRow, 60> rows{{
        {keys::kRestoreSession.name, SETTING_TEXT("Restore the last session"), SETTING_TEXT("Page, filters and window come back as they were; nothing is started.")},
        {keys::kTrayIcon.name, SETTING_TEXT("Icon in the tray"), SETTING_TEXT("Counts, burn and the newest notifications, where the desktop has a tray.")},
        {keys::kCloseToTray.name, SETTING_TEXT("Keep running in the tray when the window is closed"), SETTING_TEXT("Only while the icon can be seen. Without a tray, closing the window ends the program.")},
        {keys::kConfirmStop.name, SETTING_TEXT("Ask before stopping"), SETTING_TEXT("The question says what a stop would lose. Deleting always asks.")},
        {keys::kClipboardClearSeconds.name, SETTING_TEXT("Clear copied secrets after"), SETTING_TEXT("Passwords leave the clipboard by themselves.")},
        {keys::kBulkParallel.name, SETTING_TEXT("Bulk actions at a time"), SETTING_TEXT("How many instances a bulk action works on at once.")},
        {keys::kLogLevel.name, SETTING_TEXT("Log level"), SETTING_TEXT("What is written to the log file and shown under Activity.")},
        {keys::kLogFormat.name, SETTING_TEXT("Log format"), SETTING_TEXT("JSON lines for programs, plain text for people.")},
        {keys::kHistoryDays.name, SETTING_TEXT("Keep history for"), SETTING_TEXT("Events, timelines, prices and charts that are older are deleted.")},
        {keys::kAcceptedStatuses.name, SETTING_TEXT("Accepted HTTP statuses"), SETTING_TEXT("An endpoint that answers with one of these works. Numbers and ranges, for example 200-399, 401.")},
        {keys::kLowBalanceMarks.name, SETTING_TEXT("Tell when the balance is below"), SETTING_TEXT("US dollars, several with commas between them. Empty: never.")},
        {keys::kLowHoursMarks.name, SETTING_TEXT("Tell when the balance ends within"), SETTING_TEXT("Hours at the present burn, several with commas between them. Empty: never.")},
        {keys::kRequestTimeoutMs.name, SETTING_TEXT("Request time-out"), SETTING_TEXT("A request without a complete answer by then has failed.")},
        {keys::kMaxRetries.name, SETTING_TEXT("Retries"), SETTING_TEXT("Only requests that are safe to repeat are tried again.")},
        {keys::kMaxInFlight.name, SETTING_TEXT("Requests at a time"), SETTING_TEXT("How many are on their way at once; the others wait.")},
        {keys::kRequestsPerMinute.name, SETTING_TEXT("Requests per minute"), SETTING_TEXT("What is beyond it waits for its turn. The service allows 100 by default.")},
        {keys::kProxyUrl.name, SETTING_TEXT("Proxy"), SETTING_TEXT("http://host:port or socks5://host:port. Empty: as the system says.")},
        {keys::kCaFile.name, SETTING_TEXT("CA file"), SETTING_TEXT("Additional certificate authorities (PEM) for an API root of your own.")},
        {keys::kPollIntervalMs.name, SETTING_TEXT("Poll while something changes"), SETTING_TEXT("The first interval; it grows to 30 s while the change lasts.")},
        {keys::kStableIntervalMs.name, SETTING_TEXT("Poll when all is stable"), SETTING_TEXT("How often the list is read while nothing changes.")},
        {keys::kHiddenIntervalMs.name, SETTING_TEXT("Poll while the window is hidden"), SETTING_TEXT("Minimised, or on no desktop that is seen.")},
        {keys::kStartupTimeoutMs.name, SETTING_TEXT("Start-up time-out"), SETTING_TEXT("After this an instance that does not start is called late; it goes on being watched.")},
        {keys::kDefaultRegion.name, SETTING_TEXT("Preferred region"), SETTING_TEXT("Stands before the order below, for example US-CA-06. Empty: the order as it is.")},
        {keys::kRegionOrder.name, SETTING_TEXT("Region order"), SETTING_TEXT("Separated by commas. The lowest price wins; between equal prices, and between the regions of one offer, the first of these.")},
        {keys::kNotifyDesktop.name, SETTING_TEXT("Notifications of the desktop"), SETTING_TEXT("Also outside this window, where the desktop can show them.")},
        {keys::kNotifyReady.name, SETTING_TEXT("Ready"), SETTING_TEXT("An instance that was started runs and answers.")},
        {keys::kNotifyStartFailed.name, SETTING_TEXT("Start failed"), SETTING_TEXT("An instance did not get ready, and why.")},
        {keys::kNotifyStartLate.name, SETTING_TEXT("Start takes too long"), SETTING_TEXT("The start-up time-out has passed; the instance is watched on.")},
        {keys::kNotifySpot.name, SETTING_TEXT("Spot reclaim"), SETTING_TEXT("A spot GPU is about to be taken back, or was.")},
        {keys::kNotifyLowBalance.name, SETTING_TEXT("Low balance"), SETTING_TEXT("The balance has passed one of its marks.")},
        {keys::kNotifyGuard.name, SETTING_TEXT("Idle guard"), SETTING_TEXT("An instance with a rule will be stopped. The row and its details say so in any case.")},
        {keys::kNotifySchedule.name, SETTING_TEXT("Schedules"), SETTING_TEXT("A start or stop by the clock was done, refused or missed.")},
        {keys::kNotifyJobEnded.name, SETTING_TEXT("Jobs"), SETTING_TEXT("Saving an image, a migration and the like are done or have failed.")},
        {keys::kNotifyBatchEnded.name, SETTING_TEXT("Batches"), SETTING_TEXT("The last row of a batch has ended.")},
        {keys::kNotifyProductWatch.name, SETTING_TEXT("Watched products"), SETTING_TEXT("A price is under its mark, or a product is back in stock.")},
        {keys::kNotifyWebhookReceiver.name, SETTING_TEXT("Webhook receiver"), SETTING_TEXT("Deliveries cannot be taken or kept, and why.")},
        {keys::kNotifyWebhookRule.name, SETTING_TEXT("Webhook rules"), SETTING_TEXT("An outgoing rule was switched off by its target, or its deliveries do not arrive.")},
        {keys::kReceiverEnabled.name, SETTING_TEXT("Receive webhooks"), SETTING_TEXT("Deliveries are checked, stored and shown under Webhooks. Nothing is changed by them alone.")},
        {keys::kReceiverAddress.name, SETTING_TEXT("Listen on"), SETTING_TEXT("127.0.0.1 is for this computer alone, which a tunnel needs; 0.0.0.0 or :: is for everyone who can reach it.")},
        {keys::kReceiverPort.name, SETTING_TEXT("Port of the receiver"), SETTING_TEXT("A port that is taken is tried again until it is free.")},
        {keys::kReceiverPublicUrl.name, SETTING_TEXT("Public address"), SETTING_TEXT("What a tunnel (cloudflared, ngrok, ssh -R) gives, for example https://name.example. Used by the test and when an address is copied.")},
        {keys::kReceiverAllowed.name, SETTING_TEXT("Allowed addresses"), SETTING_TEXT("Who may deliver: addresses and networks such as 10.0.0.0/8, with commas between them. What comes through a tunnel comes from this computer.")},
        {keys::kReceiverProxies.name, SETTING_TEXT("Trusted proxies"), SETTING_TEXT("Whose X-Forwarded-For is believed. Empty: nobody's. For a tunnel that sends it enter 127.0.0.1: then each sender has a limit of its own, and the allowed addresses are those of the senders.")},
        {keys::kReceiverPerMinute.name, SETTING_TEXT("Deliveries per minute"), SETTING_TEXT("Of each address; more are refused. 0: no limit.")},
        {keys::kReceiverBodyKiB.name, SETTING_TEXT("Largest delivery"), SETTING_TEXT("A longer one is refused before it is read.")},
        {keys::kReceiverCertificate.name, SETTING_TEXT("TLS certificate"), SETTING_TEXT("PEM, with those between it and the root. Empty: plain HTTP, as a tunnel wants it.")},
        {keys::kReceiverKey.name, SETTING_TEXT("TLS key"), SETTING_TEXT("PEM, without a passphrase.")},
        {keys::kDeliveryDays.name, SETTING_TEXT("Keep deliveries for"), SETTING_TEXT("Older ones are deleted.")},
        {keys::kDeliveryMiB.name, SETTING_TEXT("Keep deliveries up to"), SETTING_TEXT("Headers and bodies together; beyond it the oldest ones are deleted.")},
        {keys::kPrivateTargets.name, SETTING_TEXT("Send to the local network, too"), SETTING_TEXT("Webhooks of your rules, and deliveries that are sent on, may go to private addresses by https. Link-local ones stay shut.")},
        {keys::kLocalApiEnabled.name, SETTING_TEXT("Serve the local API"), SETTING_TEXT("Health, metrics, instances and webhook deliveries for programs of this computer, by HTTP. Who has the token can create, start, stop and delete instances, and so spend money.")},
        {keys::kLocalApiPort.name, SETTING_TEXT("Port of the local API"), SETTING_TEXT("On 127.0.0.1 alone; never on the network.")},
        {keys::kImageOutputType.name, SETTING_TEXT("File type of new pictures"), SETTING_TEXT("Asked for where the endpoint gives a choice. PNG keeps every pixel, and most programs read the settings in it.")},
        {keys::kImageMetadata.name, SETTING_TEXT("What new files say of themselves"), SETTING_TEXT("With the prompt left out nobody who gets the file learns it, and what a server wrote into the file goes as well; the gallery itself knows all. Signed pictures stay as they came.")},
        {keys::kImageNsfwCheck.name, SETTING_TEXT("Have pictures checked for nudity"), SETTING_TEXT("Where the endpoint can; it may cost extra. Can be changed for each start.")},
        {keys::kBlurFlagged.name, SETTING_TEXT("Hide flagged pictures until they are asked for"), SETTING_TEXT("Those in which the check found something.")},
        {keys::kColorScheme.name, SETTING_TEXT("Colours"), SETTING_TEXT("Takes effect at once.")},
        {keys::kTextSizePercent.name, SETTING_TEXT("Text size"), SETTING_TEXT("Of everything in the window, measured by the text size of the desktop.")},
        {keys::kCompactRows.name, SETTING_TEXT("Compact table rows"), SETTING_TEXT("More rows on the screen, closer together.")},
        {keys::kLanguage.name, SETTING_TEXT("Language"), SETTING_TEXT("Takes effect at once.")},
    }};
    return rows;
}

const std::array<ChoiceRow, 15> &choiceRows()
{
    static const std::array<ChoiceRow, 15> rows{{
        {keys::kImageOutputType.name, QLatin1String("png"), SETTING_TEXT("PNG")},
        {keys::kImageOutputType.name, QLatin1String("webp"), SETTING_TEXT("WebP")},
        {keys::kImageOutputType.name, QLatin1String("jpeg"), SETTING_TEXT("JPEG")},
        {keys::kImageMetadata.name, QLatin1String("all"), SETTING_TEXT("Prompt and settings")},
        {keys::kImageMetadata.name, QLatin1String("withoutPrompt"), SETTING_TEXT("Settings without the prompt")},
        {keys::kImageMetadata.name, QLatin1String("nothing"), SETTING_TEXT("Nothing")},
        {keys::kColorScheme.name, QLatin1String("system"), SETTING_TEXT("As the desktop")},
        {keys::kColorScheme.name, QLatin1String("light"), SETTING_TEXT("Light")},
        {keys::kColorScheme.name, QLatin1String("dark"), SETTING_TEXT("Dark")},
        {keys::kLogLevel.name, QLatin1String("error"), SETTING_TEXT("Errors")},
        {keys::kLogLevel.name, QLatin1String("warn"), SETTING_TEXT("Warnings")},
        {keys::kLogLevel.name, QLatin1String("info"), SETTING_TEXT("Information")},
        {keys::kLogLevel.name, QLatin1String("debug"), SETTING_TEXT("Everything")},
        {keys::kLogFormat.name, QLatin1String("json"), SETTING_TEXT("JSON lines")},
        {keys::kLogFormat.name, QLatin1String("text"), SETTING_TEXT("Plain text")},
    }};
    return rows;
}

QString translated(const char *source)
{
    return source ? QCoreApplication::translate("SettingTexts", source) : QString();
}

} // namespace

SettingText settingText(const QString &keyName)
{
    for (const TextRow &row : textRows()) {
        if (row.key == keyName)
            return {translated(row.label), translated(row.help)};
    }
    return {keyName, {}};
}

QString choiceText(const QString &keyName, const QString &choice)
{
    for (const ChoiceRow &row : choiceRows()) {
        if (row.key == keyName && row.choice == choice)
            return translated(row.label);
    }
    if (keyName == keys::kLanguage.name) {
        if (choice == QLatin1String("system"))
            return translated(SETTING_TEXT("As the system"));
        const QString name = QLocale(choice).nativeLanguageName();
        return name.isEmpty() ? choice : name;
    }
    return choice;
}

QString unitText(const QString &unit)
{
    if (unit == QLatin1String("ms") || unit == QLatin1String("s"))
        return translated(SETTING_TEXT("s"));
    if (unit == QLatin1String("days"))
        return translated(SETTING_TEXT("days"));
    if (unit == QLatin1String("requests/min"))
        return translated(SETTING_TEXT("requests/min"));
    if (unit == QLatin1String("KiB"))
        return translated(SETTING_TEXT("KiB"));
    if (unit == QLatin1String("MiB"))
        return translated(SETTING_TEXT("MiB"));
    return unit;
}

} // namespace novita
