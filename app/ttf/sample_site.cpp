#include "ttf/sample_site.h"

#include <QFile>
#include <QString>
#include <fmt/core.h>

#include <algorithm>
#include <array>

// The macro must stand outside of namespaces.
static void initSampleResources()
{
    Q_INIT_RESOURCE(sample);
}

namespace ttf {

namespace {

struct Page {
    std::string_view path;
    const char *file;
    const char *type;
};

constexpr std::array<Page, 5> kPages{{
    {"/", ":/sample/index.html", "text/html; charset=utf-8"},
    {"/style.css", ":/sample/style.css", "text/css; charset=utf-8"},
    {"/script.js", ":/sample/script.js", "text/javascript; charset=utf-8"},
    {"/picture.svg", ":/sample/picture.svg", "image/svg+xml"},
    {"/items.json", ":/sample/items.json", "application/json"},
}};

std::string readResource(const char *path)
{
    initSampleResources();
    QFile file(QString::fromLatin1(path));
    [[maybe_unused]] const bool open = file.open(QIODevice::ReadOnly);
    Q_ASSERT(open); // compiled in
    return file.readAll().toStdString();
}

SampleResponse respond(unsigned status, std::string_view reason, const char *type, std::string body)
{
    SampleResponse response;
    response.head.status = status;
    response.head.reason = reason;
    response.head.headers = {
        {"Content-Type", type}, {"Content-Length", std::to_string(body.size())}, {"Cache-Control", "no-cache"}};
    response.head.body = wire::BodyKind::Sized;
    response.body = std::move(body);
    return response;
}

std::string escaped(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toHtmlEscaped().toStdString();
}

std::string pageText(std::string_view title, const std::string &content)
{
    return fmt::format("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{0}</title>"
                       "<link rel=\"stylesheet\" href=\"style.css\"><main><h1>{0}</h1>{1}"
                       "<p><a href=\"./\">Back</a></p></main></html>\n",
                       title, content);
}

// "a+b%21" -> "a b!" (application/x-www-form-urlencoded).
std::string formDecoded(std::string_view text)
{
    QByteArray raw(text.data(), static_cast<qsizetype>(text.size()));
    return QByteArray::fromPercentEncoding(raw.replace('+', ' ')).toStdString();
}

std::string echoRows(std::string_view form)
{
    std::string rows;
    while (!form.empty()) {
        const std::string_view field = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(field.size() + 1, form.size()));
        const auto equals = field.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
        rows += fmt::format("<tr><th>{}</th><td>{}</td></tr>", escaped(formDecoded(field.substr(0, equals))),
                            escaped(formDecoded(value)));
    }
    return rows;
}

SampleResponse echo(std::string_view form)
{
    const std::string text = fmt::format("<p>This arrived at the sample site:</p><table>{}</table>", echoRows(form));
    return respond(200, "OK", "text/html; charset=utf-8", pageText("Received", text));
}

SampleResponse clock()
{
    SampleResponse response;
    response.head.status = 200;
    response.head.reason = "OK";
    response.head.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}};
    response.head.body = wire::BodyKind::Unknown;
    response.clock = true;
    return response;
}

SampleResponse methodNotAllowed(const char *allowed)
{
    auto response = sampleError(405, "Method Not Allowed", fmt::format("This page takes {} only.", allowed));
    response.head.headers.push_back({"Allow", allowed});
    return response;
}

SampleResponse route(const wire::RequestHead &request, std::string_view body)
{
    const std::string_view path = std::string_view(request.uri).substr(0, request.uri.find('?'));
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (path == "/echo")
        return request.method == "POST" ? echo(body) : methodNotAllowed("POST");
    if (path == "/clock")
        return reads ? clock() : methodNotAllowed("GET, HEAD");
    const auto *const page = std::ranges::find(kPages, path, &Page::path);
    if (page == kPages.end())
        return sampleError(404, "Not Found", "The sample site has no such page.");
    return reads ? respond(200, "OK", page->type, readResource(page->file)) : methodNotAllowed("GET, HEAD");
}

} // namespace

SampleResponse sampleResponse(const wire::RequestHead &request, std::string_view body)
{
    SampleResponse response = route(request, body);
    if (request.method == "HEAD") {
        response.body.clear();
        response.clock = false;
    }
    return response;
}

SampleResponse sampleError(unsigned status, std::string_view reason, const std::string &text)
{
    return respond(status, reason, "text/html; charset=utf-8", pageText(reason, fmt::format("<p>{}</p>", text)));
}

std::string clockEvent(const QDateTime &now)
{
    return fmt::format("event: tick\ndata: {}\n\n", now.toUTC().toString(Qt::ISODate).toStdString());
}

} // namespace ttf
