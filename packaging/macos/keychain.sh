#!/bin/bash
# On a build machine: puts the signing certificate into a keychain of its own, and the notary's key into a profile.
# Reads CERTIFICATE (base64 of a .p12), CERTIFICATE_PASSWORD and, for notarising, NOTARY_KEY (base64 of a .p8),
# NOTARY_KEY_ID, NOTARY_ISSUER. Tells the later steps by $GITHUB_ENV what to sign with.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
keychain="$HOME/Library/Keychains/nunchi-signing.keychain-db"
password="$(openssl rand -hex 24)"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
printf '%s' "$CERTIFICATE" | base64 --decode >"$folder/certificate.p12"
security import "$folder/certificate.p12" -k "$keychain" -P "$CERTIFICATE_PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
# shellcheck disable=SC2046 # one word for each keychain
security list-keychains -d user -s "$keychain" $(security list-keychains -d user | tr -d '"')
identity="$(security find-identity -v -p codesigning "$keychain" | sed -n 's/.*"\(Developer ID Application: .*\)"/\1/p' | head -1)"
echo "NUNCHI_SIGN_IDENTITY=$identity" >>"$GITHUB_ENV"
if [ -n "${NOTARY_KEY:-}" ]; then
    printf '%s' "$NOTARY_KEY" | base64 --decode >"$folder/key.p8"
    xcrun notarytool store-credentials nunchi --key "$folder/key.p8" --key-id "$NOTARY_KEY_ID" --issuer "$NOTARY_ISSUER" \
        --keychain "$keychain"
    echo "NUNCHI_NOTARY_PROFILE=nunchi" >>"$GITHUB_ENV"
fi
