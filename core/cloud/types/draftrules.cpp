// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instancedraft.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

// The field rules of InstanceDraft (gpu-notes section 8, the create schemas of the contract, the product design).

namespace novita {

namespace {

constexpr int kMostNameChars = 100;
constexpr int kMostGpus = 8;
constexpr int kLeastRootfsGb = 10;
constexpr int kMostRootfsGb = 6144;
constexpr int kMostImageChars = 500;
constexpr int kMostPorts = 15;
constexpr int kMostEnvs = 100;
constexpr int kMostEnvKeyChars = 511;
constexpr int kMostEnvValueChars = 4095;
constexpr int kMostCommandChars = 2047;
constexpr int kMostMounts = 30;
constexpr int kMostMountChars = 4095;
constexpr int kMostMonths = 12;
constexpr int kMostCudaChars = 255;

struct InstanceDraftWords
{
    Q_DECLARE_TR_FUNCTIONS(InstanceDraft)
};

bool isWordChar(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-';
}

/// The contract gives no pattern for names; these are what no shell or file of variables could tell from what stands around them.
bool cannotBeInEnvName(QChar c)
{
    return c == u'=' || c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
}

/// Collects sentences for one draft; each method looks at one field.
class Rules
{
public:
    Rules(const InstanceDraft &draft, const Product *product)
        : m_draft(draft)
        , m_product(product)
    {}

    QList<DraftProblem> check()
    {
        checkName();
        checkProduct();
        checkSize();
        checkImage();
        checkPorts();
        checkEnvs();
        checkCommands();
        checkMounts();
        checkLocalMount();
        checkMonths();
        checkCuda();
        checkTools();
        return std::move(m_problems);
    }

private:
    void say(DraftField field, const QString &message) { m_problems.append({field, message}); }
    bool isGpu() const { return m_draft.kind == ProductKind::Gpu; }
    bool isMonthly() const { return isGpu() && m_draft.billing == BillingMode::Monthly; }

    void checkName()
    {
        const QString &name = m_draft.name;
        if (name.isEmpty())
            say(DraftField::Name, InstanceDraftWords::tr("Enter a name."));
        else if (name.size() > kMostNameChars)
            say(DraftField::Name, InstanceDraftWords::tr("The name is longer than %1 characters.").arg(kMostNameChars));
        else if (!std::all_of(name.begin(), name.end(), isWordChar))
            say(DraftField::Name, InstanceDraftWords::tr("The name may hold only letters A-Z, digits, hyphens and underscores."));
    }

    void checkProduct()
    {
        if (m_draft.productId.isEmpty()) {
            say(DraftField::Product, InstanceDraftWords::tr("Choose a product."));
            return;
        }
        if (!m_product)
            return;
        if (m_product->kind != m_draft.kind)
            say(DraftField::Product, InstanceDraftWords::tr("The product does not fit the kind of instance."));
        else if (!m_draft.pricePerHour(*m_product))
            say(DraftField::Product, InstanceDraftWords::tr("The product is not offered in this billing mode."));
    }

    void checkSize()
    {
        if (!isGpu())
            return;
        if (m_draft.gpuNum < 1 || m_draft.gpuNum > kMostGpus)
            say(DraftField::GpuNum, InstanceDraftWords::tr("The number of GPUs must be from 1 to %1.").arg(kMostGpus));
        int least = kLeastRootfsGb;
        int most = kMostRootfsGb;
        if (m_product) {
            least = std::max(least, m_product->minRootfsGb.value_or(least));
            // 0 is what servers send for "no limit told".
            if (m_product->maxRootfsGb.value_or(0) > 0)
                most = std::min(most, *m_product->maxRootfsGb);
        }
        if (m_draft.rootfsGb < least || m_draft.rootfsGb > most)
            say(DraftField::Rootfs, InstanceDraftWords::tr("The system disk must be from %1 to %2 GB.").arg(least).arg(most));
    }

    void checkImage()
    {
        const QString &image = m_draft.imageUrl;
        if (image.isEmpty())
            say(DraftField::Image, InstanceDraftWords::tr("Enter an image."));
        else if (image.size() > kMostImageChars)
            say(DraftField::Image, InstanceDraftWords::tr("The image address is longer than %1 characters.").arg(kMostImageChars));
        else if (std::any_of(image.begin(), image.end(), [](QChar c) { return c.isSpace() || !c.isPrint(); }))
            say(DraftField::Image, InstanceDraftWords::tr("The image address may not hold blanks."));
    }

    void checkPorts()
    {
        const qsizetype count = m_draft.ports.size() + (m_draft.jupyter ? 1 : 0);
        if (count > kMostPorts)
            say(DraftField::Ports, InstanceDraftWords::tr("More than %1 ports, counting that of Jupyter.").arg(kMostPorts));
        QSet<int> seen;
        for (const DraftPort &port : m_draft.ports) {
            if (port.port < 1 || port.port > 65535)
                say(DraftField::Ports, InstanceDraftWords::tr("Port %1 is not from 1 to 65535.").arg(port.port));
            else if (isReservedPort(port.port))
                say(DraftField::Ports, InstanceDraftWords::tr("Port %1 is reserved by the platform.").arg(port.port));
            else if (seen.contains(port.port))
                say(DraftField::Ports, InstanceDraftWords::tr("Port %1 is listed twice.").arg(port.port));
            if (port.type != QLatin1String("http") && port.type != QLatin1String("tcp"))
                say(DraftField::Ports, InstanceDraftWords::tr("Port %1 must be http or tcp.").arg(port.port));
            seen.insert(port.port);
        }
    }

    void checkEnvs()
    {
        if (m_draft.envs.size() > kMostEnvs)
            say(DraftField::Envs, InstanceDraftWords::tr("More than %1 environment variables.").arg(kMostEnvs));
        QSet<QString> seen;
        for (const EnvVar &env : m_draft.envs) {
            if (env.key.isEmpty())
                say(DraftField::Envs, InstanceDraftWords::tr("An environment variable has no name."));
            else if (env.key.size() > kMostEnvKeyChars)
                say(DraftField::Envs, InstanceDraftWords::tr("The name of an environment variable is longer than %1 characters.").arg(kMostEnvKeyChars));
            else if (std::any_of(env.key.begin(), env.key.end(), cannotBeInEnvName))
                say(DraftField::Envs, InstanceDraftWords::tr("The name “%1” of an environment variable holds an equals sign, a space or a control character.").arg(displayLine(env.key)));
            else if (seen.contains(env.key))
                say(DraftField::Envs, InstanceDraftWords::tr("The environment variable %1 is listed twice.").arg(env.key));
            if (env.value.size() > kMostEnvValueChars)
                say(DraftField::Envs, InstanceDraftWords::tr("The value of %1 is longer than %2 characters.").arg(env.key).arg(kMostEnvValueChars));
            seen.insert(env.key);
        }
    }

    void checkCommands()
    {
        if (m_draft.command.size() > kMostCommandChars)
            say(DraftField::Command, InstanceDraftWords::tr("The command is longer than %1 characters.").arg(kMostCommandChars));
        if (m_draft.entrypoint.size() > kMostCommandChars)
            say(DraftField::Entrypoint, InstanceDraftWords::tr("The entrypoint is longer than %1 characters.").arg(kMostCommandChars));
    }

    void checkMounts()
    {
        if (m_draft.mounts.size() > kMostMounts)
            say(DraftField::Mounts, InstanceDraftWords::tr("More than %1 network volumes.").arg(kMostMounts));
        QSet<QString> points;
        QSet<StorageId> volumes;
        for (const DraftMount &mount : m_draft.mounts) {
            if (mount.id.isEmpty())
                say(DraftField::Mounts, InstanceDraftWords::tr("A mount has no network volume."));
            else if (volumes.contains(mount.id))
                say(DraftField::Mounts, InstanceDraftWords::tr("A network volume is mounted twice."));
            if (!mount.mountPoint.startsWith(QLatin1Char('/')) || mount.mountPoint.size() > kMostMountChars)
                say(DraftField::Mounts, InstanceDraftWords::tr("A mount point must be a path that begins with a slash."));
            else if (points.contains(mount.mountPoint))
                say(DraftField::Mounts, InstanceDraftWords::tr("Two network volumes have the mount point %1.").arg(mount.mountPoint));
            volumes.insert(mount.id);
            points.insert(mount.mountPoint);
        }
    }

    void checkLocalMount()
    {
        const QString &path = m_draft.localMountPoint;
        if (isGpu() || path.isEmpty())
            return;
        const auto isThere = [&path](const DraftMount &mount) { return mount.mountPoint == path; };
        if (!path.startsWith(QLatin1Char('/')) || path.size() > kMostMountChars)
            say(DraftField::LocalMount, InstanceDraftWords::tr("The mount point of the disk must be a path that begins with a slash."));
        else if (std::any_of(m_draft.mounts.begin(), m_draft.mounts.end(), isThere))
            say(DraftField::LocalMount, InstanceDraftWords::tr("The disk and a network volume have the mount point %1.").arg(path));
    }

    void checkMonths()
    {
        if (!isMonthly())
            return;
        if (m_draft.months < 1 || m_draft.months > kMostMonths)
            say(DraftField::Month, InstanceDraftWords::tr("The term must be from 1 to %1 months.").arg(kMostMonths));
        if (m_draft.autoRenew && (m_draft.autoRenewMonths < 1 || m_draft.autoRenewMonths > kMostMonths))
            say(DraftField::AutoRenew, InstanceDraftWords::tr("The renewal must be for 1 to %1 months.").arg(kMostMonths));
    }

    void checkCuda()
    {
        const QString &version = m_draft.minCudaVersion;
        const bool plain = std::all_of(version.begin(), version.end(), [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'.'; });
        const bool dotted = !version.startsWith(u'.') && !version.endsWith(u'.') && !version.contains(QLatin1String(".."));
        if (isGpu() && (!plain || !dotted || version.size() > kMostCudaChars))
            say(DraftField::MinCuda, InstanceDraftWords::tr("The CUDA version must look like 12.4."));
    }

    void checkTools()
    {
        if (!m_draft.jupyter)
            return;
        const int port = m_draft.jupyterPort;
        if (port < 1 || port > 65535 || isReservedPort(port))
            say(DraftField::Tools, InstanceDraftWords::tr("Jupyter needs a port from 1 to 65535 other than 2222 to 2224."));
        else if (std::any_of(m_draft.ports.begin(), m_draft.ports.end(), [port](const DraftPort &other) { return other.port == port; }))
            say(DraftField::Tools, InstanceDraftWords::tr("The port of Jupyter is among the other ports."));
    }

    const InstanceDraft &m_draft;
    const Product *m_product;
    QList<DraftProblem> m_problems;
};

} // namespace

bool isReservedPort(int port)
{
    return port >= 2222 && port <= 2224;
}

QList<DraftProblem> InstanceDraft::problems(const Product *product) const
{
    return Rules(*this, product).check();
}

} // namespace novita
