-- Events have values by name and problems, for readers of any language; those of before have neither, and keep their text.
UPDATE event SET document = json_set(document, '$.values', json('{}'), '$.problems', json('[]'));
