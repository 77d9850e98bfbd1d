// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/createinstance.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "ui/createwizard/createwizard.h"
#include "ui/createwizard/offermodel.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <memory>

namespace novita {

/// The widget of that accessible name; null when there is none.
template<typename W>
W *named(QWidget &root, const QString &name)
{
    for (W *widget : root.findChildren<W *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

/// The combo box whose buddy label has that text.
inline QComboBox *boxBeside(QWidget &root, const QString &label)
{
    for (QLabel *one : root.findChildren<QLabel *>()) {
        if (one->text() == label && one->buddy())
            return qobject_cast<QComboBox *>(one->buddy());
    }
    return nullptr;
}

inline bool anyLabelSays(const QWidget &root, const QString &words)
{
    const QList<QLabel *> labels = root.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisibleTo(&root) && label->text().contains(words); });
}


/// A create wizard before a small cloud whose lists have been read.
struct WizardBench
{
    UiFixture fixture;
    CatalogCloud cloud;
    std::unique_ptr<CreateWizard> wizard;

    WizardBench()
    {
        fixture.network().setResponder([this](const FakeRequest &request) { return cloud.answer(request); });
        fixture.context().create.setSearchWaits({Milliseconds(0)});
        open();
    }
    void open()
    {
        wizard = std::make_unique<CreateWizard>(fixture.context());
        wizard->show();
    }
    bool hasLists()
    {
        const Stores &stores = fixture.stores();
        return stores.products.size() == 6 && stores.networks.size() == 1 && stores.templates.size() == 3 && stores.registryAuths.size() == 1
               && stores.storages.size() == 2 && stores.clusters.size() == 2;
    }

    QLineEdit *image() { return named<QLineEdit>(*wizard, QStringLiteral("Image")); }
    QPushButton *button(const QString &name) { return named<QPushButton>(*wizard, name); }
    OfferModel *offers() { return wizard->findChild<OfferModel *>(); }
    /// Everything a create needs, and the review in front.
    void fillIn()
    {
        image()->setFocus();
        QTest::keyClicks(image(), QStringLiteral("ubuntu:22.04"));
        wizard->goTo(wizard->stepCount() - 1);
    }
    /// Presses Create; the answer is left to the test. Returns the number of the request.
    int startHangingCreate()
    {
        cloud.onCreate = FakeAnswer::hanging();
        button(QStringLiteral("Create"))->click();
        const auto number = [this] {
            for (int i = fixture.network().count() - 1; i >= 0; --i) {
                if (fixture.network().requests().at(static_cast<std::size_t>(i)).path().endsWith(QLatin1String("/create")))
                    return i;
            }
            return -1;
        };
        [[maybe_unused]] const bool sentIt = QTest::qWaitFor([&] { return number() >= 0; });
        Q_ASSERT(sentIt);
        return number();
    }
    /// What a change of the profile does to everything below the wizard.
    void switchAccount()
    {
        fixture.stores().resetCloudData();
        emit fixture.context().session.profileSwitched();
    }
    /// Bodies of the creates that went out.
    QList<QJsonObject> sent()
    {
        QList<QJsonObject> out;
        for (const FakeRequest &request : fixture.network().requests()) {
            if (request.path().endsWith(QLatin1String("/create")))
                out.append(QJsonDocument::fromJson(request.body).object());
        }
        return out;
    }
};

} // namespace novita
