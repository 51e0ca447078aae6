"""Self-signed certificates made by openssl for one test."""

import hashlib
import ssl
import subprocess


class Certificate:
    """For localhost and 127.0.0.1, signed by nobody."""

    def __init__(self, folder, key=("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")):
        self.certificate = folder / "certificate.pem"
        self.key = folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", *key, "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1",
                        "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True, timeout=30)

    def sha256(self):
        """Hex digest of the DER form: what `pin:` takes."""
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.certificate.read_text())).hexdigest()

    def client_context(self):
        """Trusts this certificate and no other."""
        return ssl.create_default_context(cafile=self.certificate)
