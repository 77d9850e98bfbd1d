// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settingkey.h"

#include <tuple>

/// Every setting of the program. A new one goes here, into `kAll` and onto its page of the Settings dialog.
namespace novita::keys {

using L1 = QLatin1String;

// Network: per profile, because accounts differ in what they allow.
inline const SettingKey<int> kRequestTimeoutMs{L1("network/requestTimeoutMs"), 30000, SettingScope::Profile, 5000, 120000, {}, L1("REQUEST_TIMEOUT"), L1("ms")};
inline const SettingKey<int> kMaxRetries{L1("network/maxRetries"), 3, SettingScope::Profile, 0, 10, {}, L1("MAX_RETRY_ATTEMPTS"), {}};
inline const SettingKey<int> kMaxInFlight{L1("network/maxInFlight"), 4, SettingScope::Profile, 1, 16, {}, {}, {}};
inline const SettingKey<int> kRequestsPerMinute{L1("network/requestsPerMinute"), 100, SettingScope::Profile, 1, 6000, {}, {}, L1("requests/min")};
inline const SettingKey<QString> kProxyUrl{L1("network/proxyUrl"), QString(), SettingScope::User, {}, {}, {}, {}, {}, EnvironmentForm::Plain, TextRule::NoPassword};
inline const SettingKey<QString> kCaFile{L1("network/caFile"), QString(), SettingScope::User, {}, {}, {}, {}, {}};

// Monitoring
inline const SettingKey<int> kPollIntervalMs{L1("monitoring/pollIntervalMs"), 5000, SettingScope::User, 1000, 300000, {}, L1("INSTANCE_POLL_INTERVAL"), L1("ms"), EnvironmentForm::SecondsOrMilliseconds};
inline const SettingKey<int> kStableIntervalMs{L1("monitoring/stableIntervalMs"), 60000, SettingScope::User, 5000, 600000, {}, {}, L1("ms")};
inline const SettingKey<int> kHiddenIntervalMs{L1("monitoring/hiddenIntervalMs"), 120000, SettingScope::User, 5000, 3600000, {}, {}, L1("ms")};
inline const SettingKey<int> kStartupTimeoutMs{L1("monitoring/startupTimeoutMs"), 600000, SettingScope::User, 60000, 1800000, {}, L1("INSTANCE_STARTUP_TIMEOUT"), L1("ms")};
inline const SettingKey<QString> kDefaultRegion{L1("monitoring/defaultRegion"), QString(), SettingScope::Profile, {}, {}, {}, L1("DEFAULT_REGION"), {}, EnvironmentForm::Plain, TextRule::Region};
inline const SettingKey<QStringList> kRegionOrder{L1("create/regionOrder"),
    {QStringLiteral("AS-SGP-02"), QStringLiteral("CN-HK-01"), QStringLiteral("OC-AU-01"), QStringLiteral("US-CA-06"),
     QStringLiteral("US-WEST-01"), QStringLiteral("EU-DE-01"), QStringLiteral("EU-WEST-01"), QStringLiteral("AS-IN-01")},
    SettingScope::Profile, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kCreatePresets{L1("create/presets"), QString(), SettingScope::Profile, {}, {}, {}, {}, {}}; ///< JSON, see DraftPresets; edited in the create wizard
inline const SettingKey<int> kBulkParallel{L1("instances/bulkParallel"), 3, SettingScope::User, 1, 10, {}, {}, {}};
inline const SettingKey<QStringList> kDeleteLocks{L1("instances/deleteLocks"), {}, SettingScope::Profile, {}, {}, {}, {}, {}};

// History
inline const SettingKey<int> kHistoryDays{L1("history/days"), 90, SettingScope::User, 1, 3650, {}, {}, L1("days")};
inline const SettingKey<QString> kAcceptedStatuses{L1("monitoring/acceptedStatuses"), QStringLiteral("200-399, 401, 403-405"), SettingScope::User, {}, {}, {}, {}, {}};

// Notifications: one switch for each kind; the activity tells of it either way
inline const SettingKey<bool> kNotifyDesktop{L1("notifications/desktop"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyReady{L1("notifications/ready"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyStartFailed{L1("notifications/startFailed"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyStartLate{L1("notifications/startLate"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifySpot{L1("notifications/spot"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyLowBalance{L1("notifications/lowBalance"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyGuard{L1("notifications/guard"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifySchedule{L1("notifications/schedule"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyJobEnded{L1("notifications/jobEnded"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyBatchEnded{L1("notifications/batchEnded"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyProductWatch{L1("notifications/productWatch"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyWebhookReceiver{L1("notifications/webhookReceiver"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kNotifyWebhookRule{L1("notifications/webhookRule"), true, SettingScope::User, {}, {}, {}, {}, {}};

// Money: marks, the numbers separated by commas
inline const SettingKey<QString> kLowBalanceMarks{L1("money/lowBalance"), QStringLiteral("20, 5"), SettingScope::Profile, {}, {}, {}, {}, L1("USD")};
inline const SettingKey<QString> kLowHoursMarks{L1("money/lowHours"), QStringLiteral("24, 4"), SettingScope::Profile, {}, {}, {}, {}, L1("h")};

// Webhooks
inline const SettingKey<bool> kReceiverEnabled{L1("webhooks/receiver"), false, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kReceiverAddress{L1("webhooks/bindAddress"), QStringLiteral("127.0.0.1"), SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<int> kReceiverPort{L1("webhooks/port"), 8787, SettingScope::User, 1, 65535, {}, {}, {}};
inline const SettingKey<QString> kReceiverPublicUrl{L1("webhooks/publicUrl"), QString(), SettingScope::User, {}, {}, {}, {}, {}, EnvironmentForm::Plain, TextRule::NoPassword};
inline const SettingKey<QString> kReceiverAllowed{L1("webhooks/allowedAddresses"), QStringLiteral("127.0.0.0/8, ::1"), SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kReceiverProxies{L1("webhooks/proxies"), QString(), SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<int> kReceiverPerMinute{L1("webhooks/perMinute"), 60, SettingScope::User, 0, 100000, {}, L1("WEBHOOK_RATE_LIMIT"), L1("requests/min")};
inline const SettingKey<int> kReceiverBodyKiB{L1("webhooks/bodyKiB"), 1024, SettingScope::User, 1, 7168, {}, {}, L1("KiB")}; ///< most: what half a DeliveryJournal has room for
inline const SettingKey<QString> kReceiverCertificate{L1("webhooks/certificateFile"), QString(), SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kReceiverKey{L1("webhooks/keyFile"), QString(), SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<int> kDeliveryDays{L1("webhooks/days"), 30, SettingScope::User, 1, 3650, {}, {}, L1("days")};
// The file is checked when it is opened, which nobody may wait minutes for.
inline const SettingKey<int> kDeliveryMiB{L1("webhooks/mib"), 256, SettingScope::User, 1, 4096, {}, {}, L1("MiB")};
inline const SettingKey<bool> kPrivateTargets{L1("webhooks/privateTargets"), false, SettingScope::User, {}, {}, {}, {}, {}};

// Local API
inline const SettingKey<bool> kLocalApiEnabled{L1("localApi/enabled"), false, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<int> kLocalApiPort{L1("localApi/port"), 8788, SettingScope::User, 1024, 65535, {}, {}, {}};

// Images
inline const SettingKey<QString> kImageOutputType{L1("images/outputType"), QStringLiteral("png"), SettingScope::User, {}, {},
    {QStringLiteral("png"), QStringLiteral("webp"), QStringLiteral("jpeg")}, {}, {}};
inline const SettingKey<bool> kImageNsfwCheck{L1("images/nsfwCheck"), false, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kBlurFlagged{L1("images/blurFlagged"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kImageMetadata{L1("images/metadata"), QStringLiteral("all"), SettingScope::User, {}, {},
    {QStringLiteral("all"), QStringLiteral("withoutPrompt"), QStringLiteral("nothing")}, {}, {}};
inline const SettingKey<QString> kImageServers{L1("images/servers"), QString(), SettingScope::User, {}, {}, {}, {}, {}}; ///< JSON; no password
inline const SettingKey<int> kThumbnailSide{L1("images/thumbnailSide"), 160, SettingScope::Machine, 96, 320, {}, {}, L1("px")};

// Appearance
inline const SettingKey<QString> kColorScheme{L1("appearance/colorScheme"), QStringLiteral("system"), SettingScope::User, {}, {},
    {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")}, {}, {}};
inline const SettingKey<int> kTextSizePercent{L1("appearance/textSizePercent"), 100, SettingScope::User, 80, 200, {}, {}, L1("%")};
inline const SettingKey<bool> kCompactRows{L1("appearance/compactRows"), false, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kLanguage{L1("appearance/language"), QStringLiteral("system"), SettingScope::User, {}, {}, {}, {}, {}};

// General
inline const SettingKey<bool> kRestoreSession{L1("general/restoreSession"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kTrayIcon{L1("general/trayIcon"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kCloseToTray{L1("general/closeToTray"), false, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<bool> kConfirmStop{L1("general/confirmStop"), true, SettingScope::User, {}, {}, {}, {}, {}};
inline const SettingKey<int> kClipboardClearSeconds{L1("general/clipboardClearSeconds"), 30, SettingScope::User, 5, 600, {}, {}, L1("s")};
inline const SettingKey<QString> kLogLevel{L1("general/logLevel"), QStringLiteral("info"), SettingScope::User, {}, {},
    {QStringLiteral("error"), QStringLiteral("warn"), QStringLiteral("info"), QStringLiteral("debug")}, L1("LOG_LEVEL"), {}};
inline const SettingKey<QString> kLogFormat{L1("general/logFormat"), QStringLiteral("json"), SettingScope::User, {}, {},
    {QStringLiteral("json"), QStringLiteral("text")}, L1("LOG_FORMAT"), {}};

// Layout and session: this machine
inline const SettingKey<QString> kWindowGeometry{L1("window/geometry"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}}; ///< JSON
inline const SettingKey<bool> kTrayExplained{L1("window/trayExplained"), false, SettingScope::Machine, {}, {}, {}, {}, {}}; ///< closing to the tray was spoken of once
inline const SettingKey<QString> kLastPage{L1("window/lastPage"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kInstanceColumns{L1("layout/instances"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}}; ///< JSON by column id
inline const SettingKey<QString> kProductColumns{L1("layout/products"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kTemplateColumns{L1("layout/templates"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kRegistryColumns{L1("layout/registryAuths"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kStorageColumns{L1("layout/storages"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kNetworkColumns{L1("layout/networks"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kPrewarmColumns{L1("layout/prewarms"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kDeliveryColumns{L1("layout/deliveries"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}};
inline const SettingKey<QString> kPageState{L1("session/pageState"), QString(), SettingScope::Machine, {}, {}, {}, {}, {}}; ///< JSON by page id

/// Every key above, in order: for checks over all of them. A test counts that none is missing.
inline const auto kAll = std::tie(
    kRequestTimeoutMs, kMaxRetries, kMaxInFlight, kRequestsPerMinute, kProxyUrl, kCaFile, kPollIntervalMs,
    kStableIntervalMs, kHiddenIntervalMs, kStartupTimeoutMs, kDefaultRegion, kRegionOrder, kCreatePresets, kBulkParallel,
    kDeleteLocks, kHistoryDays, kAcceptedStatuses, kLowBalanceMarks, kLowHoursMarks, kColorScheme, kTextSizePercent, kCompactRows, kLanguage, kRestoreSession, kTrayIcon, kCloseToTray, kConfirmStop,
    kClipboardClearSeconds, kLogLevel, kLogFormat, kWindowGeometry, kTrayExplained, kLastPage, kInstanceColumns,
    kProductColumns, kTemplateColumns, kRegistryColumns, kStorageColumns, kNetworkColumns, kPrewarmColumns, kDeliveryColumns, kPageState,
    kLocalApiEnabled, kLocalApiPort,
    kNotifyDesktop, kNotifyReady, kNotifyStartFailed, kNotifyStartLate, kNotifySpot, kNotifyLowBalance, kNotifyGuard, kNotifySchedule,
    kNotifyJobEnded, kNotifyBatchEnded, kNotifyProductWatch, kNotifyWebhookReceiver, kNotifyWebhookRule,
    kReceiverEnabled, kReceiverAddress, kReceiverPort, kReceiverPublicUrl, kReceiverAllowed, kReceiverProxies, kReceiverPerMinute,
    kReceiverBodyKiB, kReceiverCertificate, kReceiverKey, kDeliveryDays, kDeliveryMiB, kPrivateTargets,
    kImageOutputType, kImageNsfwCheck, kBlurFlagged, kImageMetadata, kImageServers, kThumbnailSide);

/// Calls `visit(key)` for each key.
template<typename Visitor>
void forEach(Visitor &&visit)
{
    std::apply([&visit](const auto &...key) { (visit(key), ...); }, kAll);
}

} // namespace novita::keys
