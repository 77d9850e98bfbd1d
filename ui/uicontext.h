// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

class AccountGate;
struct Accounting;
class BatchRuns;
class Clock;
class CreateInstance;
class FleetSummary;
class Guards;
class History;
class ImageWorkspace;
class InstanceCommands;
struct Insight;
class InstanceTags;
class LocalApiService;
class LogBuffer;
class NotificationCenter;
class OperationBoard;
class ProfileStore;
class Prompts;
class Refresher;
class ResourceCommands;
class SessionController;
class Settings;
class StartupWatch;
class Theme;
class WebhookNotifier;
class WebhookService;
struct Stores;

/// What the UI may use: references to objects that the composition root owns and that outlive every widget.
struct UiContext
{
    Stores &stores;
    Settings &settings;
    ProfileStore &profiles;
    SessionController &session;
    Refresher &refresher;
    InstanceCommands &commands;
    CreateInstance &create;
    BatchRuns &batches;
    ResourceCommands &resources;
    FleetSummary &fleet;
    History &history;
    Insight &insight;
    StartupWatch &startups;
    NotificationCenter &notifications;
    Guards &guards;
    Accounting &accounting;
    OperationBoard &operations;
    InstanceTags &tags;
    WebhookService &webhooks;
    WebhookNotifier &notifier;
    LocalApiService &localApi;
    ImageWorkspace &images;
    LogBuffer &log;
    Theme &theme;
    Prompts &prompts;
    AccountGate &gate;
    const Clock &clock;
};

} // namespace novita
