#!/usr/bin/env bash
# Each story's properties are proved with a certificate, and the certificate is accepted: samples.sh PRESPROOF PRESPROOF-CHECK SAMPLES
set -euo pipefail
presproof=$1
check=$2
samples=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
stories=0
accepted=0
for story in "$samples"/*/; do
  [ -f "$story/policy.props" ] || continue
  stories=$((stories + 1))
  cd "$story"
  status=0
  "$presproof" prove policy.xml --properties policy.props --certificate "$folder/certificate.json" > "$folder/proof.txt" 2> "$folder/errors.txt" || status=$?
  [ "$status" -le 1 ] || { echo "$story: prove ends with $status"; cat "$folder/errors.txt"; exit 1; }
  status=0
  "$check" policy.xml --properties policy.props --certificate "$folder/certificate.json" > "$folder/answers.txt" || status=$?
  # What is not certified (3) has its reason; nothing that prove wrote is refused.
  [ "$status" -eq 0 ] || [ "$status" -eq 3 ] || { echo "$story: presproof-check ends with $status"; cat "$folder/answers.txt"; exit 1; }
  # Stories about two runs, or about what follows over time, have no certificates.
  if grep -q '^accepted: ' "$folder/answers.txt"; then accepted=$((accepted + 1)); fi
done
[ "$accepted" -ge 4 ] || { echo "of $stories stories only $accepted have certificates that are accepted"; exit 1; }
echo "$accepted of $stories stories are certified"
