#!/bin/bash
# Signs every file of Nunchi.app for the hardened runtime, from the inside out, and lets Apple notarise what is given.
#
#   sign.sh app PATH/Nunchi.app        NUNCHI_SIGN_IDENTITY="Developer ID Application: …"; without it an ad-hoc signature
#   sign.sh notarise PATH              .dmg or .zip; NUNCHI_NOTARY_PROFILE names a profile that
#                                      `xcrun notarytool store-credentials` keeps in the keychain
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
identity="${NUNCHI_SIGN_IDENTITY:--}"
options=(--force --options runtime)
[ "$identity" = "-" ] || options+=(--timestamp)

case "${1:-}" in
app)
    app="$2"
    # Libraries first: the signature of what holds them covers theirs.
    find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' -o -perm -u+x \) -print0 |
        while IFS= read -r -d '' file; do
            if file -b "$file" | grep -q '^Mach-O' && [ "$file" != "$app/Contents/MacOS/nunchi" ]; then
                codesign "${options[@]}" --sign "$identity" "$file"
            fi
        done
    find "$app/Contents" -type d -name '*.framework' -depth -print0 |
        while IFS= read -r -d '' framework; do codesign "${options[@]}" --sign "$identity" "$framework"; done
    codesign "${options[@]}" --entitlements "$here/entitlements.plist" --sign "$identity" "$app"
    codesign --verify --deep --strict --verbose=2 "$app"
    ;;
notarise)
    if [ -z "${NUNCHI_NOTARY_PROFILE:-}" ]; then
        echo "not notarised: NUNCHI_NOTARY_PROFILE is not set"
        exit 0
    fi
    xcrun notarytool submit "$2" --keychain-profile "$NUNCHI_NOTARY_PROFILE" --wait
    xcrun stapler staple "$2"
    spctl --assess --type open --context context:primary-signature --verbose "$2"
    ;;
*)
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
