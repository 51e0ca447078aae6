#include "support/tls_certificate.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace support {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;

constexpr long kOneDay = 24 * 3600;

void require(bool done)
{
    if (!done)
        throw std::runtime_error("OpenSSL could not make the test certificate");
}

Certificate selfSigned(EVP_PKEY *key)
{
    Certificate certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kOneDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kOneDay);
    X509_set_pubkey(certificate.get(), key);
    auto *name = X509_get_subject_name(certificate.get());
    const unsigned char host[] = "localhost";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    auto *names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost,DNS:*.localhost");
    require(names && X509_add_ext(certificate.get(), names, -1) == 1);
    X509_EXTENSION_free(names);
    require(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
    return certificate;
}

File create(const std::filesystem::path &file)
{
    File out(std::fopen(file.c_str(), "w"), &std::fclose);
    require(out != nullptr);
    return out;
}

} // namespace

TlsFiles makeCertificate(const std::filesystem::path &folder, const std::string &name)
{
    const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    require(key != nullptr);
    const auto certificate = selfSigned(key.get());
    const TlsFiles files{folder / (name + ".crt"), folder / (name + ".key")};
    require(PEM_write_X509(create(files.certificate).get(), certificate.get()) == 1);
    require(PEM_write_PrivateKey(create(files.privateKey).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
            1);
    return files;
}

} // namespace support
