// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/sessioncontroller.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/theme.h"

#include <QTest>

#include <memory>

namespace novita {

/// A window of the program before a small cloud, to take pictures of one of its pages in one look.
class PictureRoom
{
public:
    /// The pictures are called "`prefix``name`.png", where `name` is what shot() is given.
    PictureRoom(ColorScheme scheme, int percent, const QString &prefix) : m_prefix(prefix)
    {
        m_fixture.theme().apply(scheme, percent);
        m_fixture.network().setResponder([this](const FakeRequest &one) {
            if (one.path().endsWith(QLatin1String("/balance/detail")))
                return FakeAnswer::payload(R"({"availableBalance":"2124000","cashBalance":"2124000"})");
            return m_cloud.answer(one);
        });
    }

    /// What the page shows from the start must be there by now.
    MainWindow &open(const QString &page)
    {
        m_fixture.useProfile(false, false);
        m_fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_pictures_only"));
        m_fixture.context().session.start();
        m_window = std::make_unique<MainWindow>(m_fixture.context());
        m_window->resize(1280, 800);
        m_window->show();
        m_window->openPage(page);
        return *m_window;
    }

    UiFixture &fixture() { return m_fixture; }
    Page &page() const { return *m_window->currentPage(); }

    void shot(QWidget &widget, const char *name) const
    {
        QTest::qWait(300); // layouts and queued updates
        widget.grab().save(m_prefix + QStringLiteral("%1.png").arg(QLatin1String(name)));
    }
    void shot(const char *name) const { shot(*m_window, name); }

private:
    const QString m_prefix;
    CatalogCloud m_cloud;
    UiFixture m_fixture;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace novita
