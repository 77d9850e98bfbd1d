// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace novita {

struct SandboxCluster
{
    QString id;   ///< "us-ca-6"
    QString name; ///< "US-CA-06 (California)"
    bool storage = false;
    bool network = false;
};

/// A GPU or CPU offer. Prices are per hour, GPU prices per card; zero means not offered in that mode.
struct SandboxProduct
{
    QString id;
    QString name;
    bool cpuOnly = false;
    int cpu = 0;     ///< vCPU, per GPU for GPU products
    int memory = 0;  ///< GB, likewise
    int disk = 0;    ///< GB: the largest system disk (GPU), the fixed one (CPU)
    int localDisk = 0;
    Money price;
    Money spotPrice;
    Money monthlyPrice; ///< for one month, per card
    int stock = 0;      ///< cards (GPU) or machines (CPU) free at the start
    QStringList clusters; ///< ids; empty: all

    static constexpr int kMinRootfs = 10;
};

/// What the simulated cloud has on offer; the same on every start. Read from resources/sandbox/catalog.json.
struct SandboxCatalog
{
    QList<SandboxCluster> clusters;
    QList<SandboxProduct> products; ///< GPU first, then CPU
    QStringList serverlessProducts;
    QStringList images;
    QList<QJsonObject> templates; ///< as in the file

    static SandboxCatalog load();

    const SandboxCluster *cluster(const QString &id) const;
    const SandboxProduct *product(const QString &id) const;
};

} // namespace novita
