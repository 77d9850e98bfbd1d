// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application.h"
#include "app/logsink.h"
#include "core/base/logbuffer.h"
#include "core/sandbox/sandboxserver.h"
#include "core/settings/settings.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <functional>
#include <memory>

namespace novita {

/// The whole program in this process, on a data folder of its own and beside a simulated cloud.
struct ProgramBench
{
    static constexpr int kPatienceMs = 20000;

    QTemporaryDir dir;
    SandboxServer cloud;
    LogBuffer log;
    LogSink sink{dir.filePath(QStringLiteral("log")), log};
    Settings settings{dir.path(), QProcessEnvironment()};
    std::unique_ptr<Application> application;

    /// `options`: which profile or which API root; the key and the data folder are given.
    bool start(Options options)
    {
        options.environmentKey = QStringLiteral("sk_test_key_0123456789");
        options.dataDir = dir.path();
        application = std::make_unique<Application>(*qApp, options, settings, sink, log);
        return application->start().ok();
    }
    static MainWindow *window()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<MainWindow *>(widget))
                return found;
        }
        return nullptr;
    }
    qsizetype received(const std::function<bool(const SandboxRequest &)> &isMeant) const
    {
        const QList<SandboxRequest> requests = cloud.requests();
        return std::count_if(requests.begin(), requests.end(), isMeant);
    }
};

} // namespace novita
