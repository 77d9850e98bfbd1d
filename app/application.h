// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "core/base/clock.h"
#include "core/settings/profilestore.h"

#include <QJsonObject>
#include <QObject>

#include <memory>

class QApplication;

namespace novita {

class LogBuffer;
class LogSink;
class Settings;

/// The composition root: builds everything in order, owns everything, connects what no layer may connect by itself, and
/// takes it down in reverse order. The only class that knows all others.
class Application final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Application)

public:
    /// `settings` and `log` exist before: they decide how the rest starts and speaks.
    Application(QApplication &qt, Options options, Settings &settings, LogSink &sink, LogBuffer &log);
    ~Application() override;

    /// Shows the window and takes up the profile; with --tour starts the tour instead. A Validation error names a bad
    /// --profile, --page or --tour.
    Result<Done> start();

    /// What a later start of the program asks of this one: raise, open a page. Never acts on the cloud.
    void handleForwarded(const QJsonObject &message);

    /// Ends the program, whatever its windows would ask: a signal or the end of the desktop's session waits for no answer.
    /// The session is saved, and what is under way is said at the next start.
    void end();

    /// Turns the wish of the desktop that the program end into end().
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Result<Done> chooseProfile();
    void saveSession();
    void ensureSandbox();
    void applyCheckLimits();
    void applyRoute(); ///< of what goes without a key; the session sees to the API's
    void keepHistory();
    Result<Done> startTour();
    void reportProblems();
    void logFirstFill();

    class Parts;
    std::unique_ptr<Parts> d;
};

} // namespace novita
