// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "ui/instances/instancespage.h"
#include "ui/instances/launcher.h"
#include "ui/models/instancemodel.h"
#include "ui/widgets/tableview.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <memory>

namespace novita {

/// Keeps what would be opened.
class RecordingLauncher final : public Launcher
{
public:
    struct Log
    {
        QList<QUrl> urls;
        QStringList terminals;
        bool works = true;
    };
    explicit RecordingLauncher(Log *log) : m_log(log) {}
    bool openUrl(const QUrl &url) override
    {
        m_log->urls.append(url);
        return m_log->works;
    }
    bool openTerminal(const SshTarget &target) override
    {
        m_log->terminals.append(target.command());
        return m_log->works;
    }

private:
    Log *m_log;
};

/// What a running instance says of how to reach it.
inline ConnectionInfo connection()
{
    ConnectionInfo info;
    info.sshCommand = QStringLiteral("ssh -p 42210 root@proxy.us-ca-6.gpu-instance.novita.ai");
    info.sshPassword = QStringLiteral("correct horse");
    info.jupyterAddress = QStringLiteral("https://jupyter.example/lab?token=1");
    return info;
}

/// An instances page over a small fleet, and what tests of it look for and press. To be derived from.
class InstancesBench
{
protected:
    /// A new page with nothing in it; end() takes it down.
    void begin()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_launched = {};
        openPage();
    }
    void openPage() { m_page = std::make_unique<InstancesPage>(m_fixture->context(), std::make_unique<RecordingLauncher>(&m_launched)); }
    void end()
    {
        m_page.reset();
        m_fixture.reset();
    }

    template<typename T>
    T *named(const QString &name) const
    {
        const QList<T *> all = m_page->findChildren<T *>();
        for (T *one : all) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    TableView *table() const { return named<TableView>(QStringLiteral("Instances table")); }
    QAbstractItemModel *model() const { return table()->model(); }
    QAction *action(const QString &text) const
    {
        for (QAction *one : m_page->pageActions()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    void show(int count)
    {
        m_fixture->fill(count);
        static_cast<InstanceModel *>(model())->flush();
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_page->activate();
    }
    void select(const QStringList &ids)
    {
        QItemSelection rows;
        for (const QString &id : ids) {
            const int row = static_cast<InstanceModel *>(model())->rowOf(id);
            QVERIFY(row >= 0);
            rows.select(model()->index(row, 0), model()->index(row, model()->columnCount() - 1));
        }
        table()->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
        const int first = static_cast<InstanceModel *>(model())->rowOf(ids.first());
        table()->selectionModel()->setCurrentIndex(model()->index(first, 0), QItemSelectionModel::NoUpdate);
    }
    QAbstractButton *buttonReading(const QString &text) const
    {
        const QList<QAbstractButton *> all = m_page->findChildren<QAbstractButton *>();
        const auto it = std::find_if(all.cbegin(), all.cend(), [&text](const QAbstractButton *one) { return one->isVisible() && one->text() == text; });
        return it == all.cend() ? nullptr : *it;
    }
    bool anyLabelReads(const QString &text) const
    {
        const QList<QLabel *> all = m_page->findChildren<QLabel *>();
        return std::any_of(all.cbegin(), all.cend(), [&text](const QLabel *one) { return one->isVisible() && one->text() == text; });
    }
    void adopt(const Instance &one) { m_fixture->stores().instances.adoptRows({one}, m_fixture->clock().now(), false); }

    std::unique_ptr<UiFixture> m_fixture;
    RecordingLauncher::Log m_launched;
    std::unique_ptr<InstancesPage> m_page;
};

} // namespace novita
