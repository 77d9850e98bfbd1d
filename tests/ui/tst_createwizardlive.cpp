// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/ui/wizardbench.h"
#include "ui/createwizard/regionorderdialog.h"

#include <QApplication>
#include <QListWidget>
#include <QTest>

using namespace novita;

/// What changes elsewhere while the wizard is open.
class TestCreateWizardLive final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_bench.reset(); }

    void newCredentialsCanBeChosen();
    void aNewVolumeAndNetworkCanBeChosen();
    void aDiskOfACpuInstanceIsMountedWhereItIsSaid();
    void theRegionOrderIsEditedWhereItCounts();
    void theOrderIsMovedByKeys();
    void canceledIsNotKept();

private:
    RegionOrderDialog *openOrder();
    std::unique_ptr<WizardBench> m_bench;
};

void TestCreateWizardLive::init()
{
    m_bench = std::make_unique<WizardBench>();
    QTRY_VERIFY(m_bench->hasLists());
}

RegionOrderDialog *TestCreateWizardLive::openOrder()
{
    m_bench->button(u"Regions…"_qs)->click();
    return m_bench->wizard->findChild<RegionOrderDialog *>();
}

void TestCreateWizardLive::newCredentialsCanBeChosen()
{
    m_bench->wizard->goTo(2);
    QComboBox *auth = boxBeside(*m_bench->wizard, u"Registry credentials"_qs);
    const int before = auth->count();
    RegistryAuth fresh;
    fresh.id = RegistryAuthId(u"auth-new"_qs);
    fresh.name = u"fresh-login"_qs;
    m_bench->fixture.stores().registryAuths.upsert({fresh});
    QCOMPARE(auth->count(), before + 1);
    const int row = auth->findData(u"auth-new"_qs);
    QVERIFY(row > 0 && auth->itemText(row).contains(fresh.name));
    auth->setCurrentIndex(row);
    emit auth->activated(row);
    QCOMPARE(m_bench->wizard->draft().imageAuthId, fresh.id);
}

void TestCreateWizardLive::aNewVolumeAndNetworkCanBeChosen()
{
    m_bench->wizard->goTo(2);
    const ClusterId cluster = m_bench->wizard->draft().clusterId;
    QComboBox *network = boxBeside(*m_bench->wizard, u"VPC network"_qs);
    const int before = network->count();
    VpcNetwork vpc;
    vpc.id = NetworkId(u"vpc-new"_qs);
    vpc.name = u"fresh-net"_qs;
    vpc.clusterId = cluster;
    VpcNetwork elsewhere = vpc;
    elsewhere.id = NetworkId(u"vpc-far"_qs);
    elsewhere.clusterId = ClusterId(u"us-ca-6"_qs);
    m_bench->fixture.stores().networks.upsert({vpc, elsewhere});
    QCOMPARE(network->count(), before + 1); // that of another region cannot be joined
    const int row = network->findData(u"vpc-new"_qs);
    network->setCurrentIndex(row);
    emit network->activated(row);
    QCOMPARE(m_bench->wizard->draft().networkId, vpc.id);

    m_bench->button(u"Add network volume"_qs)->click();
    NetworkStorage volume;
    volume.id = StorageId(u"ns-new"_qs);
    volume.name = u"fresh-disk"_qs;
    volume.sizeGb = 50;
    volume.clusterId = cluster;
    m_bench->fixture.stores().storages.upsert({volume});
    QComboBox *box = boxBeside(*m_bench->wizard, u"Volume 1"_qs);
    QVERIFY(box);
    const int fresh = box->findData(u"ns-new"_qs);
    QVERIFY(fresh >= 0);
    // What was chosen stays until another is.
    QCOMPARE(m_bench->wizard->draft().mounts.first().id, StorageId(u"ns-1"_qs));
    box->setCurrentIndex(fresh);
    emit box->activated(fresh);
    QCOMPARE(m_bench->wizard->draft().mounts.first().id, volume.id);
}

void TestCreateWizardLive::aDiskOfACpuInstanceIsMountedWhereItIsSaid()
{
    m_bench->wizard->goTo(2);
    auto *path = named<QLineEdit>(*m_bench->wizard, u"Disk mounted at"_qs);
    QVERIFY(path && !path->isVisible());
    emit boxBeside(*m_bench->wizard, u"Kind"_qs)->activated(1);
    QVERIFY(path->isVisible());
    QTest::keyClicks(path, QStringLiteral("data"));
    QVERIFY(anyLabelSays(*m_bench->wizard, u"begins with a slash"_qs));
    path->setText(QString());
    QTest::keyClicks(path, QStringLiteral("/data"));
    QVERIFY(!anyLabelSays(*m_bench->wizard, u"begins with a slash"_qs));
    QCOMPARE(m_bench->wizard->draft().toJson().value(u"localStorageMountPoint").toString(), u"/data"_qs);
}

void TestCreateWizardLive::theRegionOrderIsEditedWhereItCounts()
{
    QCOMPARE(m_bench->wizard->draft().clusterId, ClusterId(u"as-sgp-2"_qs));
    RegionOrderDialog *dialog = openOrder();
    QVERIFY(dialog);
    QCOMPARE(dialog->order().first(), u"AS-SGP-02"_qs);
    auto *list = named<QListWidget>(*dialog, u"Region order"_qs);
    // The name tells where it is, and which the cloud does not have.
    const qsizetype california = dialog->order().indexOf(u"US-CA-06"_qs);
    QVERIFY(list->item(int(california))->text().startsWith(u"US-CA-06 ("_qs));
    QVERIFY(list->item(int(dialog->order().indexOf(u"CN-HK-01"_qs)))->text().contains(u"not in the cloud's list"_qs));
    QVERIFY(!named<QPushButton>(*dialog, u"Move up"_qs)->isEnabled());
    list->setCurrentRow(int(california));
    for (qsizetype i = california; i > 0; --i)
        named<QPushButton>(*dialog, u"Move up"_qs)->click();
    QCOMPARE(dialog->order().first(), u"US-CA-06"_qs);
    named<QPushButton>(*dialog, u"Save order"_qs)->click();
    QCOMPARE(m_bench->fixture.settings().value(keys::kRegionOrder).first(), u"US-CA-06"_qs);
    // The same offer, and now in that region.
    QCOMPARE(m_bench->wizard->draft().productId, ProductId(u"4090"_qs));
    QCOMPARE(m_bench->wizard->draft().clusterId, ClusterId(u"us-ca-6"_qs));
    QVERIFY(anyLabelSays(*m_bench->wizard, u"US-CA-06 is the first in your order"_qs));
}

void TestCreateWizardLive::theOrderIsMovedByKeys()
{
    RegionOrderDialog *dialog = openOrder();
    dialog->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), dialog);
    const QStringList before = dialog->order();
    auto *list = named<QListWidget>(*dialog, u"Region order"_qs);
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(list->currentRow(), 1);
    QCOMPARE(dialog->order().first(), before.at(1));
    named<QPushButton>(*dialog, u"Default order"_qs)->click();
    QCOMPARE(dialog->order().mid(0, 8), keys::kRegionOrder.fallback);
}

void TestCreateWizardLive::canceledIsNotKept()
{
    const QStringList before = m_bench->fixture.settings().value(keys::kRegionOrder);
    RegionOrderDialog *dialog = openOrder();
    named<QPushButton>(*dialog, u"Move down"_qs)->click();
    named<QPushButton>(*dialog, u"Cancel"_qs)->click();
    QCOMPARE(m_bench->fixture.settings().value(keys::kRegionOrder), before);
}

QTEST_MAIN(TestCreateWizardLive)
#include "tst_createwizardlive.moc"
