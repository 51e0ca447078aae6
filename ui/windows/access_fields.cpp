#include "ui/windows/access_fields.h"

#include "guard/span_text.h"
#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/login_maker.h"
#include "ui/views/password_notice.h"
#include "ui/widgets/field_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono;

constexpr qint64 kNever = 0;
constexpr qint64 kAsItIs = -1;

template <class T>
wire::Result<std::vector<T>> parsed(const QString &text, const QRegularExpression &separator,
                                    wire::Result<T> (*parse)(std::string_view))
{
    std::vector<T> values;
    for (const QString &part : text.split(separator, Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty())
            continue;
        auto value = parse(part.trimmed().toStdString());
        if (!value)
            return std::unexpected(std::move(value.error()));
        values.push_back(*std::move(value));
    }
    return values;
}

auto addressesOf(const QString &text)
{
    static const QRegularExpression separator(QStringLiteral("[,;\\s]+"));
    return parsed(text, separator, wire::Cidr::parse);
}

auto requestsOf(const QString &text)
{
    static const QRegularExpression separator(QStringLiteral(";"));
    return parsed(text, separator, guard::RequestRule::parse);
}

template <class T>
QString joined(const std::vector<T> &values, const QString &separator)
{
    QStringList texts;
    for (const auto &value : values)
        texts.append(QString::fromStdString(value.text()));
    return texts.join(separator);
}

} // namespace

AccessFields::AccessFields(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_wantsPassword(new QCheckBox(tr("Ask visitors for a pass&word"))),
      m_password(new PasswordNotice(theme)),
      m_maker(new LoginMaker(this)),
      m_allow(new QLineEdit),
      m_only(new QLineEdit),
      m_closing(new QComboBox),
      m_askFirst(new QCheckBox(tr("Ask me a&bout each new visitor"))),
      m_cors(new QCheckBox(tr("Let scripts of &other sites read it (CORS)"))),
      m_others(new QLabel)
{
    build();
    connectFields();
    setAccess({});
}

void AccessFields::build()
{
    m_wantsPassword->setObjectName(QStringLiteral("password"));
    m_allow->setObjectName(QStringLiteral("allow"));
    m_only->setObjectName(QStringLiteral("only"));
    m_closing->setObjectName(QStringLiteral("closing"));
    m_askFirst->setObjectName(QStringLiteral("askFirst"));
    m_cors->setObjectName(QStringLiteral("cors"));
    m_allowRow = new FieldRow(m_theme, tr("Only from these &addresses"), m_allow, this);
    m_allow->setPlaceholderText(QStringLiteral("203.0.113.0/24, 2001:db8::/32"));
    m_allowRow->setHint(tr("Empty: from everywhere."));
    m_onlyRow = new FieldRow(m_theme, tr("Only these &requests"), m_only, this);
    m_only->setPlaceholderText(QStringLiteral("POST /webhooks/*; GET /health"));
    m_onlyRow->setHint(tr("Empty: all. Several are separated by semicolons."));
    m_closingRow = new FieldRow(m_theme, tr("C&loses"), m_closing, this);
    m_others->setProperty("kind", QStringLiteral("muted"));
    m_others->setFont(m_theme.small());
    m_others->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kPad);
    layout->addWidget(m_wantsPassword);
    layout->addWidget(m_password);
    layout->addWidget(m_askFirst);
    for (auto *row : {m_allowRow, m_onlyRow, m_closingRow})
        layout->addWidget(row);
    layout->addWidget(m_cors);
    layout->addWidget(m_others);
    layout->addStretch(1); // not between a label and its field
}

void AccessFields::connectFields()
{
    const auto update = [this] {
        refresh();
        Q_EMIT changed();
    };
    for (auto *field : {m_allow, m_only}) {
        connect(field, &QLineEdit::textChanged, this, update);
        connect(field, &QLineEdit::returnPressed, this, &AccessFields::submitted);
    }
    connect(m_closing, &QComboBox::currentIndexChanged, this, update);
    connect(m_askFirst, &QCheckBox::toggled, this, update);
    connect(m_cors, &QCheckBox::toggled, this, update);
    connect(m_wantsPassword, &QCheckBox::toggled, this, &AccessFields::onPasswordWanted);
    connect(m_maker, &LoginMaker::made, this, [this](const guard::Login &login, const QString &password) {
        if (!m_wantsPassword->isChecked())
            return; // changed one's mind
        m_access.rules.logins = {login};
        m_password->reveal(QString::fromStdString(login.name), password);
        Q_EMIT changed();
    });
}

void AccessFields::onPasswordWanted(bool wanted)
{
    if (!wanted) {
        m_access.rules.logins.clear();
        m_password->forget();
    } else if (m_access.rules.logins.empty()) {
        m_maker->make();
    }
    Q_EMIT changed();
}

void AccessFields::setAccess(const settings::AccessEntry &access)
{
    m_access = access;
    const auto &rules = access.rules;
    m_password->forget();
    {
        const QSignalBlocker quiet(m_wantsPassword);
        m_wantsPassword->setChecked(!rules.logins.empty());
    }
    m_allow->setText(joined(rules.allow, QStringLiteral(", ")));
    m_only->setText(joined(rules.only, QStringLiteral("; ")));
    m_askFirst->setChecked(rules.askFirst);
    m_cors->setChecked(rules.cors);
    fillClosing();
    const QString others = otherRules();
    m_others->setText(others);
    m_others->setVisible(!others.isEmpty());
    refresh();
}

void AccessFields::fillClosing()
{
    const QSignalBlocker quiet(m_closing);
    m_closing->clear();
    m_closing->addItem(tr("Never"), kNever);
    m_closing->addItem(tr("In an hour"), qint64(seconds(hours{1}).count()));
    m_closing->addItem(tr("In a day"), qint64(seconds(days{1}).count()));
    m_closing->addItem(tr("In a week"), qint64(seconds(days{7}).count()));
    if (!m_access.rules.expires)
        return;
    const auto at = QDateTime::fromSecsSinceEpoch(m_access.rules.expires->time_since_epoch().count());
    m_closing->addItem(QLocale().toString(at, QLocale::ShortFormat), kAsItIs);
    m_closing->setCurrentIndex(m_closing->count() - 1);
}

std::optional<sys_seconds> AccessFields::closing() const
{
    const qint64 chosen = m_closing->currentData().toLongLong();
    if (chosen == kAsItIs)
        return m_access.rules.expires;
    if (chosen == kNever)
        return std::nullopt;
    return floor<minutes>(system_clock::now()) + seconds(chosen);
}

QString AccessFields::otherRules() const
{
    const auto &rules = m_access.rules;
    QStringList others;
    if (rules.logins.size() > 1)
        others.append(tr("%1 users").arg(rules.logins.size()));
    if (rules.bearer)
        others.append(tr("an access token"));
    if (rules.webhook)
        others.append(tr("signed webhooks"));
    if (!rules.deny.empty())
        others.append(tr("denied addresses"));
    if (rules.idle)
        others.append(tr("closing when unused"));
    if (!rules.setHeaders.empty() || !rules.removeHeaders.empty())
        others.append(tr("changed headers"));
    return others.isEmpty() ? QString() : tr("Also in tunnels.toml: %1.").arg(others.join(QStringLiteral(", ")));
}

wire::Result<settings::AccessEntry> AccessFields::access() const
{
    auto access = m_access;
    auto addresses = addressesOf(m_allow->text());
    if (!addresses)
        return std::unexpected(std::move(addresses.error()));
    auto requests = requestsOf(m_only->text());
    if (!requests)
        return std::unexpected(std::move(requests.error()));
    if (m_wantsPassword->isChecked() && m_access.rules.logins.empty())
        return wire::fail(wire::Code::InvalidRequest, "the password is still being made");
    access.rules.allow = *std::move(addresses);
    access.rules.only = *std::move(requests);
    access.rules.askFirst = m_askFirst->isChecked();
    access.rules.cors = m_cors->isChecked();
    access.rules.expires = closing();
    if (auto checked = settings::checkAccess(access); !checked)
        return std::unexpected(std::move(checked.error()));
    return access;
}

void AccessFields::refresh()
{
    const auto addresses = addressesOf(m_allow->text());
    m_allowRow->setFault(addresses ? QString() : sentence(addresses.error()));
    const auto requests = requestsOf(m_only->text());
    m_onlyRow->setFault(requests ? QString() : sentence(requests.error()));
}

} // namespace ui
