#include "ui/views/body_content.h"

#include "traffic/body_decoder.h"
#include "ui/text/status_text.h"
#include "ui/views/picture.h"
#include "wire/limits.h"

namespace ui {

namespace {

using traffic::BodyType;

constexpr auto kShown = qsizetype(wire::kShownBodyBytes);
constexpr auto kShownHex = kShown / 4; // a byte takes four characters and more

// Makes one body ready, step by step.
class Preparation {
    Q_DECLARE_TR_FUNCTIONS(BodyContent)
public:
    explicit Preparation(const BodySource &source) : m_source(source) {}
    BodyContent run();

private:
    void decode();
    void tellFacts();
    void show();
    void showJson();
    void showPicture();
    [[nodiscard]] QString firstOf(qsizetype bound) const;
    void note(const QString &text) { m_content.notes.append(text); }
    [[nodiscard]] bool encoded() const { return !m_source.contentEncoding.empty() && m_decoded; }

    const BodySource &m_source;
    BodyContent m_content;
    QByteArray m_body; // after Content-Encoding
    bool m_decoded = false;
    bool m_cut = false; // m_body is only the beginning
};

BodyContent Preparation::run()
{
    decode();
    m_content.type = traffic::bodyType(m_source.contentType, m_body);
    tellFacts();
    if (m_content.type != BodyType::Empty)
        show();
    return m_content;
}

void Preparation::decode()
{
    m_body = m_source.body;
    m_cut = m_source.cut;
    if (m_source.cut)
        note(tr("Only the first %1 were recorded.").arg(sizeText(quint64(m_source.body.size()))));
    if (m_source.contentEncoding.empty() || m_body.isEmpty())
        return;
    auto decoded = traffic::decodeBody(m_source.contentEncoding, m_source.body);
    if (!decoded)
        return note(tr("Shown as it was received: %1").arg(sentence(decoded.error())));
    m_decoded = true;
    m_cut = m_cut || decoded->cut;
    if (decoded->cut && !m_source.cut)
        note(tr("It expands to more than can be shown: this is the beginning."));
    m_body = std::move(decoded->bytes);
}

void Preparation::tellFacts()
{
    if (m_content.type == BodyType::Empty) {
        m_content.facts = tr("Empty");
        return;
    }
    QStringList facts{traffic::bodyTypeName(m_content.type)};
    facts << sizeText(quint64(m_body.size())) + (m_cut ? QStringLiteral("+") : QString());
    if (encoded())
        facts << tr("%1 on the wire (%2)")
                     .arg(sizeText(quint64(m_source.body.size())), QString::fromStdString(m_source.contentEncoding));
    m_content.facts = facts.join(QStringLiteral(" · "));
}

void Preparation::show()
{
    const auto type = m_content.type;
    if (type == BodyType::Image)
        showPicture();
    if (type == BodyType::Json)
        showJson();
    m_content.raw = traffic::bodyText(m_source.contentType, m_body.left(kShown));
    if (type == BodyType::Form) {
        m_content.pretty = traffic::prettyForm(m_content.raw);
        m_content.prettySyntax = Syntax::Form;
    }
    if (type == BodyType::Json && !m_content.fault)
        m_content.rawSyntax = Syntax::Json;
    if (type == BodyType::Html || type == BodyType::Xml)
        m_content.rawSyntax = Syntax::Markup;
    m_content.hex = traffic::hexDump(m_body, kShownHex);
    m_content.textNote = firstOf(kShown);
    m_content.hexNote = firstOf(kShownHex);
}

QString Preparation::firstOf(qsizetype bound) const
{
    return m_body.size() <= bound
               ? QString()
               : tr("First %1 of %2 shown.").arg(sizeText(quint64(bound)), sizeText(quint64(m_body.size())));
}

void Preparation::showJson()
{
    if (m_body.size() > qsizetype(wire::kIndentedBodyBytes))
        return note(tr("Too long to be indented; it is under Raw as it came."));
    auto pretty = traffic::prettyJson(traffic::bodyText(m_source.contentType, m_body));
    if (!pretty && m_cut)
        return note(tr("Not indented, as its end is missing."));
    if (!pretty) {
        m_content.fault = pretty.error();
        return;
    }
    m_content.prettySyntax = Syntax::Json;
    m_content.pretty = *pretty;
    if (pretty->size() > kShown) {
        m_content.pretty.truncate(pretty->lastIndexOf(u'\n', kShown) + 1);
        if (m_body.size() <= kShown)
            note(tr("Indented, it is too long to be shown whole: this is the beginning. All of it is under Raw."));
    }
}

void Preparation::showPicture()
{
    auto picture = readPicture(m_body);
    if (!picture)
        return note(sentence(picture.error()));
    m_content.image = picture->image;
    m_content.imageSize = picture->size;
    m_content.facts = QStringLiteral("%1 × %2 · ").arg(picture->size.width()).arg(picture->size.height()) +
                      m_content.facts.replace(0, m_content.facts.indexOf(u' '), picture->format);
    if (picture->format == u"SVG")
        m_content.rawSyntax = Syntax::Markup;
}

} // namespace

BodyContent prepareBody(const BodySource &source)
{
    return Preparation(source).run();
}

} // namespace ui
