// A key and a self-signed certificate for "localhost", made on the spot: no secret lies in the repository.
#pragma once

#include <filesystem>

namespace support {

struct TlsFiles {
    std::filesystem::path certificate; // PEM
    std::filesystem::path privateKey;  // PEM
};

// `name` is the stem of both files, in `folder`.
[[nodiscard]] TlsFiles makeCertificate(const std::filesystem::path &folder, const std::string &name = "server");

} // namespace support
