// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/exportdialog.h"

#include "ui/gallery/exportname.h"
#include "ui/prompts.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QStandardPaths>

namespace novita {

namespace {

constexpr int kMostPattern = 200; ///< characters

QString firstFolder()
{
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QFileInfo(pictures).isDir() ? pictures : QDir::homePath();
}

} // namespace

ExportDialog::ExportDialog(Prompts &prompts, const QList<Picture> &pictures, const ExportOrder &order, QWidget *parent)
    : RuleDialog(tr("Copies go into a folder of yours. The gallery keeps its own."),
                 tr("Export %Ln picture(s)", nullptr, static_cast<int>(pictures.size())), parent)
    , m_prompts(prompts)
    , m_pictures(pictures)
    , m_folder(new QLineEdit(this))
    , m_names(new QLineEdit(this))
    , m_metadata(new QComboBox(this))
{
    setWindowTitle(tr("Export pictures"));
    m_folder->setText(QDir::toNativeSeparators(order.folder.isEmpty() ? firstFolder() : order.folder));
    m_folder->setAccessibleName(tr("Folder"));
    m_names->setMaxLength(kMostPattern);
    m_names->setText(order.names.isEmpty() ? exportname::defaultPattern() : order.names);
    m_names->setAccessibleName(tr("Names"));
    QStringList fields;
    for (const QString &field : exportname::fields())
        fields.append(QStringLiteral("{%1}").arg(field));
    m_metadata->addItems({tr("Keep what the files tell"), tr("Without prompt, settings and any other metadata")});
    m_metadata->setCurrentIndex(order.strips ? 1 : 0);
    auto *form = this->form();
    form->addRow(tr("Folder"), buildFolder());
    form->addRow(tr("Names"), m_names);
    form->addRow(tr("Metadata"), m_metadata);
    m_example = addSentence("text2");
    addSentence("text3")->setText(
        tr("A name may have %1. A file that is there already is not replaced: a number is added to the new one.")
            .arg(fields.join(QStringLiteral(", "))));
    connect(m_names, &QLineEdit::textChanged, this, &ExportDialog::present);
    connect(m_folder, &QLineEdit::textChanged, this, &ExportDialog::present);
    present();
}

QWidget *ExportDialog::buildFolder()
{
    auto *row = new QWidget(this);
    auto *choose = new QPushButton(tr("Choose…"), row);
    choose->setAccessibleName(tr("Choose the folder"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_folder, 1);
    layout->addWidget(choose);
    row->setFocusProxy(m_folder);
    row->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return row;
}

void ExportDialog::chooseFolder()
{
    m_prompts.chooseFolder(this, tr("Export pictures to a folder"), [self = QPointer(this)](const QString &folder) {
        if (self && !folder.isEmpty())
            self->m_folder->setText(QDir::toNativeSeparators(folder));
    });
}

ExportOrder ExportDialog::order() const
{
    return {QDir::fromNativeSeparators(m_folder->text().trimmed()), m_names->text(), m_metadata->currentIndex() == 1};
}

QString ExportDialog::problem() const
{
    const ExportOrder order = this->order();
    if (order.folder.isEmpty())
        return tr("Choose a folder.");
    if (QDir::isRelativePath(order.folder))
        return tr("Type the whole path of the folder, or choose it.");
    return exportname::problem(order.names);
}

void ExportDialog::present()
{
    setProblem({});
    const QString problem = exportname::problem(m_names->text());
    const QString name = problem.isEmpty() ? exportname::stem(m_names->text(), m_pictures.constFirst(), 1) +
                                                 QLatin1Char('.') + QFileInfo(m_pictures.constFirst().file).suffix()
                                           : QString();
    m_example->setText(problem.isEmpty() ? tr("For example: %1").arg(name) : problem);
}

} // namespace novita
