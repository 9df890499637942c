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
package org.semantichash.plugin.duplicates;

import java.io.IOException;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.semantichash.plugin.wire.Frame;

/**
 * Which document of a group is kept.
 *
 * @param rule how it is chosen
 * @param field the field that the rule compares; null when it compares ids
 */
public record Keep(KeepRule rule, String field) implements Writeable {

  /** Checks that there is a field exactly when the rule needs one. */
  public Keep {
    Objects.requireNonNull(rule, "rule");
    if (rule.needsField() && field == null) {
      throw new IllegalArgumentException("[keep] [" + rule + "] needs a [keep_field]");
    }
    if (rule.needsField() == false && field != null) {
      throw new IllegalArgumentException(
          "[keep] [" + rule + "] takes no [keep_field], got [" + field + "]");
    }
  }

  /** As it was written. */
  public Keep(StreamInput in) throws IOException {
    this(Frame.open(in, "keep"));
  }

  private Keep(Frame body) throws IOException {
    this(body.readEnum(KeepRule.class), body.readOptionalString());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeEnum(rule);
          body.writeOptionalString(field);
        });
  }
}
