// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/database.h"
#include "core/database/operationlog.h"
#include "core/workflows/createjournal.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/workflows/fakecloud.h"

#include <QTemporaryDir>

#include <algorithm>
#include <memory>

namespace novita {

inline const QString kCreate = QStringLiteral("gpu/instance/create"); ///< the path of a create in FakeCloud

/// The least that a create needs.
inline InstanceDraft draft(const QString &name = QStringLiteral("trainer"))
{
    InstanceDraft out;
    out.name = name;
    out.productId = ProductId(QStringLiteral("4090"));
    out.imageUrl = QStringLiteral("docker.io/library/ubuntu:22.04");
    return out;
}

/// The program's core up to the creates, with a history file and a cloud that both outlive it.
struct CreateBench
{
    QTemporaryDir dir;
    SystemClock clock;
    FakeCloud cloud;
    std::unique_ptr<Database> database;
    std::unique_ptr<OperationLog> operations;
    std::unique_ptr<CreateJournal> journal;
    std::unique_ptr<ClientStack> stack;
    const ProfileId profile{QStringLiteral("p")};

    /// All of it goes, as by a kill: nothing gets to end.
    void kill()
    {
        stack.reset();
        journal.reset();
        operations.reset();
        database.reset();
    }
    /// All of it anew; the file is not open yet, and the cloud has not been asked for anything.
    void build()
    {
        database = std::make_unique<Database>(clock);
        operations = std::make_unique<OperationLog>(*database);
        journal = std::make_unique<CreateJournal>(*operations, clock);
        journal->setProfile(profile);
        stack = std::make_unique<ClientStack>(cloud.nam, clock);
        stack->creator.setJournal(journal.get());
    }
    bool openFile() { return await(database->open(path())).ok(); }
    /// Until the instances have been read.
    bool connectToCloud()
    {
        stack->connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
        return QTest::qWaitFor([this] { return stack->stores.instances.refreshedAt().has_value(); }, 15000);
    }

    QString path() const { return dir.filePath(QStringLiteral("history.sqlite")); }
    /// Of the instances that the cloud has, sorted.
    QStringList names() const
    {
        QStringList out;
        for (const auto &[id, row] : cloud.instances)
            out.append(row.value(QStringLiteral("name")).toString());
        out.sort();
        return out;
    }
    /// Everything in the operation log.
    QList<Operation> written() { return await(operations->read(profile, {})).valueOr({}); }
};

} // namespace novita
