#include "ui/windows/settings_about.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_button.h"
#include "ui/windows/settings_page.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>

#include <array>

namespace ui {

namespace {

constexpr int kProductIcon = 48;

struct Library {
    const char *name;
    const char *licence; // SPDX
    const char *purpose;
};

constexpr std::array kLibraries{
    Library{"Qt 6", "LGPL-3.0-only", QT_TRANSLATE_NOOP("ui::AboutPage", "windows, network, files")},
    Library{"QtKeychain", "BSD-2-Clause", QT_TRANSLATE_NOOP("ui::AboutPage", "the keyring")},
    Library{"Boost", "BSL-1.0", QT_TRANSLATE_NOOP("ui::AboutPage", "the relay")},
    Library{"OpenSSL", "Apache-2.0", QT_TRANSLATE_NOOP("ui::AboutPage", "TLS")},
    Library{"toml++", "MIT", QT_TRANSLATE_NOOP("ui::AboutPage", "configuration files")},
    Library{"JSON for Modern C++", "MIT", QT_TRANSLATE_NOOP("ui::AboutPage", "JSON")},
    Library{"{fmt}, spdlog", "MIT", QT_TRANSLATE_NOOP("ui::AboutPage", "texts and logs")},
    Library{"CLI11", "BSD-3-Clause", QT_TRANSLATE_NOOP("ui::AboutPage", "the command line")},
    Library{"zlib", "Zlib", QT_TRANSLATE_NOOP("ui::AboutPage", "compressed bodies")},
    Library{"Brotli", "MIT", QT_TRANSLATE_NOOP("ui::AboutPage", "compressed bodies")},
    Library{"Zstandard", "BSD-3-Clause", QT_TRANSLATE_NOOP("ui::AboutPage", "compressed bodies")},
    Library{"Gumbo", "Apache-2.0", QT_TRANSLATE_NOOP("ui::AboutPage", "titles of pages")},
    Library{"libqrencode", "LGPL-2.1-or-later", QT_TRANSLATE_NOOP("ui::AboutPage", "QR codes")},
};

} // namespace

AboutPage::AboutPage(const workspace::Paths &paths, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme)
{
    auto *column = settingsColumn(this);
    addProduct(column);
    column->addSpacing(kPad);
    column->addWidget(settingsSection(tr("Your files"), this));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kGrid);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    addPath(*grid, tr("Tunnels"), paths.tunnelsFile, paths.configFolder);
    addPath(*grid, tr("Settings"), paths.configFolder, paths.configFolder);
    addPath(*grid, tr("State"), paths.stateFolder, paths.stateFolder);
    column->addLayout(grid);
    column->addSpacing(kPad);
    column->addWidget(settingsSection(tr("Made with"), this));
    addLibraries(column);
    column->addStretch(1);
}

void AboutPage::addProduct(QVBoxLayout *column)
{
    auto *icon = new QLabel(this);
    icon->setPixmap(applicationIcon().pixmap(kProductIcon, kProductIcon));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(kGrid);
    texts->addWidget(settingsHeading(m_theme, tr("HTTP Tunnel"), this));
    const QString version = QCoreApplication::applicationVersion();
    texts->addWidget(settingsSentence(tr("Version %1 · a public URL for a local port").arg(version), this));
    auto *row = new QHBoxLayout;
    row->setSpacing(kPad + kGrid);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    column->addLayout(row);
}

void AboutPage::addPath(QGridLayout &grid, const QString &what, const QString &path, const QString &folder)
{
    auto *name = new QLabel(what, this);
    name->setProperty("kind", QStringLiteral("muted"));
    name->setContentsMargins(0, 0, kPad, 0);
    auto *place = new ElidedLabel(path, this);
    place->setFont(m_theme.monospace());
    auto *copy = new IconButton(m_theme, Glyph::Copy, tr("Copy the path of %1").arg(what), this);
    auto *open = new IconButton(m_theme, Glyph::OpenExternal, tr("Open the folder of %1").arg(what), this);
    connect(copy, &IconButton::clicked, this, [path] { QGuiApplication::clipboard()->setText(path); });
    connect(open, &IconButton::clicked, this, [this, folder] { Q_EMIT openUrlRequested(QUrl::fromLocalFile(folder)); });
    const int row = grid.rowCount();
    int column = 0;
    for (QWidget *widget : {static_cast<QWidget *>(name), static_cast<QWidget *>(place), static_cast<QWidget *>(copy),
                            static_cast<QWidget *>(open)})
        grid.addWidget(widget, row, column++);
}

void AboutPage::addLibraries(QVBoxLayout *column)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kSection);
    grid->setVerticalSpacing(kGrid);
    int row = 0;
    for (const Library &library : kLibraries) {
        const std::array texts{QString::fromUtf8(library.name), tr(library.purpose),
                               QString::fromLatin1(library.licence)};
        for (std::size_t i = 0; i < texts.size(); ++i) {
            auto *label = new QLabel(texts[i], this);
            if (i > 0)
                label->setProperty("kind", QStringLiteral("muted"));
            grid->addWidget(label, row, static_cast<int>(i));
        }
        ++row;
    }
    grid->setColumnStretch(static_cast<int>(grid->columnCount()), 1);
    column->addLayout(grid);
}

} // namespace ui
