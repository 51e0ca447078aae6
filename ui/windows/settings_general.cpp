#include "ui/windows/settings_general.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/windows/settings_page.h"
#include "wire/limits.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace ui {

using settings::Appearance;
using settings::Preferences;

namespace {

constexpr int kHintIndent = 30; // under the text of a check box

QString closeHint(bool tray)
{
    return tray ? GeneralPage::tr("HTTP Tunnel stays in the tray, and Quit in its menu ends it. Otherwise closing the "
                                  "window ends it.")
                : GeneralPage::tr("This desktop has no tray now, so the program would be out of reach: closing the "
                                  "window ends it.");
}

} // namespace

GeneralPage::GeneralPage(workspace::Workspace &workspace, const Theme &theme, std::function<bool()> trayAvailable,
                         QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_theme(theme),
      m_trayAvailable(std::move(trayAvailable)),
      m_appearance(new QButtonGroup(this))
{
    auto *column = settingsColumn(this);
    column->addWidget(settingsHeading(theme, tr("General"), this));
    addAppearance(column);
    column->addSpacing(kPad);
    column->addWidget(settingsSection(tr("Behaviour"), this));
    m_closeToTray = addSwitch(column, tr("&Keep tunnels open when the window is closed"), {}, &m_closeHint);
    m_notifications = addSwitch(column, tr("Show &notifications"),
                                tr("When a tunnel is down for more than %1 seconds, fails, or has another address.")
                                    .arg(wire::kDownBeforeTold.count()));
    m_recordBodies = addSwitch(column, tr("Record &bodies of requests and responses"),
                               tr("The first %1 of each, in memory only. Headers are always recorded. A change takes "
                                  "effect at the next start.")
                                   .arg(sizeText(wire::kCapturedBodyBytes)));
    column->addStretch(1);
    connect(m_closeToTray, &QCheckBox::toggled, this,
            [this](bool on) { save([on](Preferences &changed) { changed.closeToTray = on; }); });
    connect(m_notifications, &QCheckBox::toggled, this,
            [this](bool on) { save([on](Preferences &changed) { changed.notifications = on; }); });
    connect(m_recordBodies, &QCheckBox::toggled, this,
            [this](bool on) { save([on](Preferences &changed) { changed.recordBodies = on; }); });
    connect(&workspace, &workspace::Workspace::preferencesChanged, this, &GeneralPage::refresh);
    connect(&theme, &Theme::changed, this, &GeneralPage::refreshIcons);
    refresh();
    refreshIcons();
}

void GeneralPage::addAppearance(QVBoxLayout *column)
{
    column->addWidget(settingsSection(tr("Appearance"), this));
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (const auto &[appearance, text] :
         {std::pair(Appearance::System, tr("S&ystem")), std::pair(Appearance::Light, tr("&Light")),
          std::pair(Appearance::Dark, tr("&Dark"))}) {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setProperty("kind", QStringLiteral("boxed"));
        button->setFocusPolicy(Qt::StrongFocus);
        m_appearance->addButton(button, std::to_underlying(appearance));
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    connect(m_appearance, &QButtonGroup::idClicked, this,
            [this](int id) { save([id](Preferences &changed) { changed.appearance = static_cast<Appearance>(id); }); });
}

QCheckBox *GeneralPage::addSwitch(QVBoxLayout *column, const QString &text, const QString &hint, QLabel **hintLabel)
{
    auto *box = new QCheckBox(text, this);
    box->setAccessibleDescription(hint);
    QLabel *line = settingsSentence(hint, this);
    line->setFont(m_theme.small());
    line->setContentsMargins(kHintIndent, 0, 0, 0);
    auto *pair = new QVBoxLayout;
    pair->setSpacing(kGrid);
    pair->addWidget(box);
    pair->addWidget(line);
    column->addLayout(pair);
    if (hintLabel)
        *hintLabel = line;
    return box;
}

QToolButton *GeneralPage::appearanceButton(Appearance appearance) const
{
    return qobject_cast<QToolButton *>(m_appearance->button(std::to_underlying(appearance)));
}

void GeneralPage::save(const Change &change)
{
    Preferences preferences = m_workspace.preferences();
    change(preferences);
    if (const auto saved = m_workspace.setPreferences(preferences); !saved)
        Q_EMIT failed(QString::fromStdString(saved.error().message));
    refresh(); // back to what holds, if it was not saved
}

void GeneralPage::refresh()
{
    const Preferences &preferences = m_workspace.preferences();
    const QSignalBlocker close(m_closeToTray);
    const QSignalBlocker notifications(m_notifications);
    const QSignalBlocker record(m_recordBodies);
    m_closeToTray->setChecked(preferences.closeToTray);
    m_notifications->setChecked(preferences.notifications);
    m_recordBodies->setChecked(preferences.recordBodies);
    appearanceButton(preferences.appearance)->setChecked(true);
    m_closeHint->setText(closeHint(m_trayAvailable()));
    m_closeToTray->setAccessibleDescription(m_closeHint->text());
    m_closeToTray->setEnabled(m_trayAvailable());
}

void GeneralPage::refreshIcons()
{
    appearanceButton(Appearance::System)->setIcon(m_theme.icon(Glyph::Settings));
    appearanceButton(Appearance::Light)->setIcon(m_theme.icon(Glyph::Sun));
    appearanceButton(Appearance::Dark)->setIcon(m_theme.icon(Glyph::Moon));
}

void GeneralPage::showEvent(QShowEvent *event)
{
    refresh();
    QWidget::showEvent(event);
}

} // namespace ui
