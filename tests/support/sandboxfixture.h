// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/sandboxserver.h"
#include "tests/support/clientstack.h"

#include <QString>

#include <optional>

namespace novita {

/// The whole stack below the interface against a simulated cloud of its own in which time runs fast. One for each test
/// function. Waiting functions keep the event loop going and give up after some seconds.
class SandboxFixture
{
public:
    /// A thousand times as fast as the real cloud: what takes a minute there takes 60 ms.
    static SandboxOptions options(int instances = 0, double timeScale = 1000.0);

    explicit SandboxFixture(SandboxOptions options = SandboxFixture::options());

    SandboxServer cloud; ///< listens before the stack is made
    ClientStack stack;

    /// Connects and waits for the first list.
    bool connect(const QString &key = QStringLiteral("sk_test_key_0123456789"));
    void addFault(const QJsonObject &fault);

    /// A draft that the simulated cloud takes: the cheapest product in stock.
    InstanceDraft draft(const QString &name);
    std::optional<Result<CreateOutcome>> create(const InstanceDraft &draft);
    std::optional<Result<Done>> run(const InstanceId &id, const InstanceRequest &request);
    /// Creates and waits until it runs; an empty id when that failed.
    InstanceId createRunning(const QString &name);
    std::optional<Result<int>> refresh(DataKind kind = DataKind::Instances);
    /// Reads the list until the row shows `status`; with an empty one, until the row is gone.
    bool reaches(const InstanceId &id, const QString &status);

    int countRequests(const QString &operation) const;
    /// Everything that any request did against the contract; empty is what a test wants to see at its end.
    QStringList violations() const { return cloud.violations(); }
};

} // namespace novita
