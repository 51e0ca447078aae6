#include "ui/views/har_commands.h"

#include <QCheckBox>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

namespace ui {

namespace {

constexpr int kQuestionWidth = 320; // a text of three lines, not of six

QString requestsText(qsizetype count)
{
    return count == 1 ? HarCommands::tr("1 request") : HarCommands::tr("%1 requests").arg(QLocale().toString(count));
}

QFileDialog *fileDialog(QWidget *window, const QString &title, const QString &folder)
{
    auto *dialog = new QFileDialog(window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({HarCommands::tr("HAR files (*.har)"), HarCommands::tr("All files (*)")});
    dialog->setDirectory(folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)
                                          : folder);
    return dialog;
}

// What of the file is not in the list, and why; empty when all of it is.
QString lossText(const traffic::HarLog &log)
{
    QStringList losses;
    if (log.leftOut > 0)
        losses << HarCommands::tr("%1 left out, since they are no requests that can be shown here; the first is %2.")
                      .arg(requestsText(qsizetype(log.leftOut)), QString::fromStdString(log.leftOutWhy));
    if (log.bodiesLeftOut > 0)
        losses << HarCommands::tr("%1 without bodies, which are too large together.")
                      .arg(requestsText(qsizetype(log.bodiesLeftOut)));
    return losses.join(u' ');
}

} // namespace

HarCommands::HarCommands(traffic::ExchangeStore &store, UrlOf urlOf, QWidget *window)
    : QObject(window), m_store(store), m_urlOf(std::move(urlOf)), m_window(window)
{
}

// --- Export ----------------------------------------------------------------------------------------------------------

void HarCommands::exportRequests(const QList<quint64> &keys)
{
    if (keys.isEmpty())
        return Q_EMIT told(tr("There are no requests to export."));
    auto *question =
        new QMessageBox(QMessageBox::NoIcon, tr("Export as HAR"),
                        tr("Export %1 as HAR?").arg(requestsText(keys.size())), QMessageBox::Cancel, m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("Secrets in headers, cookies, URLs and forms read REDACTED. Other bodies stay as "
                                    "they are: look through the file before you give it away."));
    auto *secrets = new QCheckBox(tr("Include &secrets"), question);
    question->setCheckBox(secrets);
    auto *accept = question->addButton(tr("&Export…"), QMessageBox::AcceptRole);
    question->setDefaultButton(accept);
    connect(accept, &QPushButton::clicked, this, [this, keys, secrets] {
        askFile(keys, secrets->isChecked() ? traffic::Redact::Nothing : traffic::Redact::Secrets);
    });
    for (auto *label : question->findChildren<QLabel *>())
        label->setMinimumWidth(kQuestionWidth);
    m_dialog = question;
    question->open();
}

void HarCommands::askFile(const QList<quint64> &keys, traffic::Redact redact)
{
    auto *dialog = fileDialog(m_window, tr("Export as HAR"), m_folder);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("har"));
    dialog->selectFile(QDateTime::currentDateTime().toString(QStringLiteral("'http-tunnel-'yyyyMMdd-HHmmss'.har'")));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, keys, redact](const QString &path) { save(keys, redact, path); });
    m_dialog = dialog;
    dialog->open();
}

QList<traffic::HarItem> HarCommands::itemsOf(const QList<quint64> &keys) const
{
    QList<traffic::HarItem> items;
    for (const auto key : keys)
        if (const auto *exchange = m_store.find(key))
            items += {*exchange, m_urlOf(*exchange)};
    return items;
}

void HarCommands::save(const QList<quint64> &keys, traffic::Redact redact, const QString &path)
{
    auto items = itemsOf(keys);
    if (items.isEmpty())
        return Q_EMIT told(tr("What was to be exported is no longer kept."));
    m_folder = QFileInfo(path).path();
    const auto count = items.size();
    m_files.save(path, std::move(items), redact, [this, path, redact, count](const wire::Result<> &saved) {
        if (!saved)
            return Q_EMIT noticed(QString::fromStdString(saved.error().message), true);
        const QString done = tr("Exported %1 to %2.").arg(requestsText(count), QFileInfo(path).fileName());
        Q_EMIT noticed({}, false);
        Q_EMIT told(done + u' ' +
                    (redact == traffic::Redact::Secrets ? tr("Secrets read REDACTED.") : tr("It has secrets in it.")));
    });
}

// --- Import ----------------------------------------------------------------------------------------------------------

void HarCommands::importFile()
{
    auto *dialog = fileDialog(m_window, tr("Import a HAR file"), m_folder);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &HarCommands::load);
    m_dialog = dialog;
    dialog->open();
}

void HarCommands::load(const QString &path)
{
    const QFileInfo file(path);
    m_folder = file.path();
    m_files.load(path,
                 [this, name = file.fileName()](wire::Result<traffic::HarLog> log) { take(name, std::move(log)); });
}

void HarCommands::take(const QString &name, wire::Result<traffic::HarLog> log)
{
    if (!log)
        return Q_EMIT noticed(tr("%1: %2").arg(name, QString::fromStdString(log.error().message)), true);
    const auto count = qsizetype(log->exchanges.size());
    const QString losses = lossText(*log);
    if (count == 0)
        return Q_EMIT noticed(tr("%1 has no requests that can be shown here.").arg(name) + u' ' + losses, true);
    m_store.addWhole(std::move(log->exchanges));
    Q_EMIT imported();
    const QString done = tr("Imported %1 from %2.").arg(requestsText(count), name);
    Q_EMIT noticed(losses.isEmpty() ? QString() : done + u' ' + losses, false);
    if (losses.isEmpty())
        Q_EMIT told(done);
}

} // namespace ui
