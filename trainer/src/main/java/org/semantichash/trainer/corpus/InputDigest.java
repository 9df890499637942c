/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.corpus;

import java.util.List;

/**
 * What was read.
 *
 * @param sha256 of all bytes of the input, in hexadecimal
 * @param bytes the size of the input as it is stored
 * @param notes what a person should know about it
 */
record InputDigest(String sha256, long bytes, List<String> notes) {

  InputDigest withNotes(List<String> more) {
    return new InputDigest(sha256, bytes, more);
  }
}
